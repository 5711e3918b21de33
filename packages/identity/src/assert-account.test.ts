import { createSession } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { assertAccount } from './assert-account.js';
import { useFakeAws } from './fixtures/fake-aws-sessions.js';

const ACCOUNT = '123456789012';
const fake = useFakeAws();

describe('assertAccount', () => {
  it.each([['123456789012'], [['111122223333', '123456789012']]])('accepts %o', async (allowed) => {
    const session = fake.sessionOf(fake.aws.addUser({ accountId: ACCOUNT, userName: 'me' }));

    await expect(assertAccount(session, allowed)).resolves.toBeUndefined();
    await assertAccount(session, allowed);
    expect(fake.aws.count('GetCallerIdentity')).toBe(1);
  });

  it('refuses another account, with masked ids', async () => {
    const session = fake.sessionOf(fake.aws.addUser({ accountId: ACCOUNT, userName: 'me' }));
    const refusal = assertAccount(session, ['111122223333', '444455556666']);

    await expect(refusal).rejects.toMatchObject({
      code: 'ERR_BSM_ACCOUNT_MISMATCH',
      retryable: false,
      message: expect.stringContaining('account 12********12, allowed is 11********33, 44********66.'),
      details: { accountId: '12********12', allowed: ['11********33', '44********66'] },
    });
  });

  it('does not rely on what the credentials state', async () => {
    const { credentials, region, endpoint } = fake.aws.clientConfig(
      fake.aws.addUser({ accountId: ACCOUNT, userName: 'me' }),
    );
    const session = createSession({
      credentials: { ...credentials, accountId: '111122223333' },
      region,
      clientDefaults: { endpoint },
    });

    await expect(assertAccount(session, '111122223333')).rejects.toMatchObject({ code: 'ERR_BSM_ACCOUNT_MISMATCH' });
  });

  it('asks nobody when the source said who it is', async () => {
    fake.aws.addRole({ accountId: ACCOUNT, roleName: 'r' });
    await assertAccount(fake.assumedSession(`arn:aws:sts::${ACCOUNT}:assumed-role/r/s`), ACCOUNT);

    expect(fake.aws.requests).toHaveLength(0);
  });

  it('stops when the account cannot be told', async () => {
    const session = fake.sessionOf(fake.aws.addUser({ accountId: ACCOUNT, userName: 'me' }));
    fake.aws.fault({ kind: '500' });

    await expect(assertAccount(session, ACCOUNT)).rejects.toMatchObject({ code: 'ERR_BSM_SERVICE_FAILED' });
  });

  it.each([
    ['nothing', undefined],
    ['an empty list', []],
    ['too few digits', '12345678901'],
    ['a number', 123456789012],
    ['a masked id', '12********12'],
    ['a list with one bad id', ['123456789012', 'prod']],
  ])('refuses %s before any call', async (_, allowed) => {
    const session = createSession({ credentials: () => Promise.reject(new Error('asked')), region: 'us-east-1' });

    await expect(assertAccount(session, allowed as string)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option: 'allowed' },
    });
  });
});
