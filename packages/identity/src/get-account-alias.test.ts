import { describe, expect, it } from 'vitest';
import { useFakeAws } from './fixtures/fake-aws-sessions.js';
import { getAccountAlias } from './get-account-alias.js';
import { listAccountAliases } from './list-account-aliases.js';

const ACCOUNT = '123456789012';
const fake = useFakeAws();

describe('getAccountAlias', () => {
  it('asks once for all and keeps the alias until the caches are cleared', async () => {
    const account = fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' });
    const session = fake.sessionOf(account.rootArn);

    expect(await Promise.all([getAccountAlias(session), getAccountAlias(session)])).toEqual(['my-alias', 'my-alias']);
    account.setAlias('other');
    expect(await getAccountAlias(session)).toBe('my-alias');
    expect(fake.aws.count('ListAccountAliases')).toBe(1);
    session.clearCache();
    expect(await getAccountAlias(session)).toBe('other');
    expect(fake.aws.count('GetCallerIdentity')).toBe(0);
    expect(session.cache.clients.size).toBe(0);
  });

  it('keeps that there is none', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT }).rootArn);

    expect(await getAccountAlias(session)).toBeUndefined();
    expect(await getAccountAlias(session)).toBeUndefined();
    expect(fake.aws.count('ListAccountAliases')).toBe(1);
  });

  it('keeps that it may not be read', async () => {
    fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' });
    const session = fake.sessionOf(fake.aws.addUser({ accountId: ACCOUNT, userName: 'me', permissions: ['sts:*'] }));

    expect(await getAccountAlias(session)).toBeUndefined();
    expect(await getAccountAlias(session)).toBeUndefined();
    expect(fake.aws.requests.map(({ errorCode }) => errorCode)).toEqual(['AccessDenied']);
  });

  it('takes AccessDeniedException, as other refusals are spelt, for the same', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);
    fake.aws.fault({ kind: 'error', status: 403, code: 'AccessDeniedException' });

    expect(await getAccountAlias(session)).toBeUndefined();
  });

  it.each([
    ['throttling', { kind: 'throttle' }, 'ERR_BSM_THROTTLED'],
    ['a reset', { kind: 'reset' }, 'ERR_BSM_ENDPOINT_UNREACHABLE'],
    ['bad credentials', { kind: 'error', status: 403, code: 'InvalidClientTokenId' }, 'ERR_BSM_CREDENTIALS_REJECTED'],
  ] as const)('throws on %s and tries again', async (_, fault, code) => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);
    const heal = fake.aws.fault(fault);

    await expect(getAccountAlias(session)).rejects.toMatchObject({ code });
    heal();
    expect(await getAccountAlias(session)).toBe('my-alias');
  });

  it('reads all pages', async () => {
    const alias = Array.from({ length: 101 }, (_, index) => `alias-${index}`);
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias }).rootArn);

    expect(await getAccountAlias(session)).toBe('alias-0');
    expect(await listAccountAliases(session)).toEqual(alias);
    expect(fake.aws.count('ListAccountAliases')).toBe(2);
  });

  it('lets a caller leave', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT }).rootArn);
    fake.aws.fault({ kind: 'hang' });
    const controller = new AbortController();
    const alias = getAccountAlias(session, { signal: controller.signal });
    await fake.aws.received('ListAccountAliases');
    controller.abort(new Error('enough'));

    await expect(alias).rejects.toThrow('enough');
  });

  it('refuses an unknown option', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT }).rootArn);

    await expect(getAccountAlias(session, { timeout: 1 } as object)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option: 'timeout' },
    });
  });
});
