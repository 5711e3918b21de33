import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { HOUR_MS, startFakeWorld } from './fixtures/fake-world.js';
import { startStubSts } from './fixtures/stub-sts.js';
import { createGetSessionToken, type GetSessionTokenOptions, getSessionToken } from './get-session-token.js';

describe('getSessionToken', () => {
  it('makes a session of the same user, which is renewed', async () => {
    await using world = await startFakeWorld();
    const session = getSessionToken(world.session);
    expect(world.aws.requests).toHaveLength(0);
    const { Arn } = await session.client(STSClient).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe(world.alice.arn);
    expect(session.credentials.expiration?.getTime()).toBe(world.aws.clock.now() + 12 * HOUR_MS);
    world.aws.clock.advance(12 * HOUR_MS);
    await session.credentials();
    expect(world.aws.count('GetSessionToken')).toBe(2);
    expect(await session.credentials()).toMatchObject({ $source: { CREDENTIALS_STS_SESSION_TOKEN: 'm' } });
  });

  it('lets many roles be assumed with one code', async () => {
    await using world = await startFakeWorld();
    const device = world.alice.mfaDevice!;
    let asked = 0;
    const token = (): string => {
      asked++;
      return device.code();
    };
    const signedIn = getSessionToken(world.session, {
      durationSeconds: 129_600,
      mfa: { serialNumber: device.serialNumber, token },
    });
    const roles = ['a', 'b', 'c'].map((name) => world.addRole(name, { mfa: true, maxSessionDuration: 43_200 }));
    // Not chained: the credentials are those of a user.
    const sessions = roles.map(({ arn }) => assumeRole(signedIn, { roleArn: arn, durationSeconds: 43_200 }));
    await Promise.all(sessions.map((session) => session.credentials()));
    expect(asked).toBe(1);
    expect(world.aws.count('GetSessionToken')).toBe(1);
    expect(world.aws.count('AssumeRole')).toBe(3);
  });

  it('says that a role cannot have one', async () => {
    await using world = await startFakeWorld();
    const role = assumeRole(world.session, { roleArn: world.addRole('deploy').arn });
    const error = await getSessionToken(role)
      .credentials()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_ACCESS_DENIED' });
    expect(String(error)).toMatch(/^BsmError: Cannot get a session token: .*must have the long-term keys of a user\.$/);
  });

  it('says that a code was refused', async () => {
    await using world = await startFakeWorld();
    const { serialNumber, code } = world.alice.mfaDevice!;
    const wrong = String((Number(code()) + 1) % 1_000_000).padStart(6, '0');
    const error = await getSessionToken(world.session, { mfa: { serialNumber, token: wrong } })
      .credentials()
      .catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/each code works once\.$/);
    expect(String(error)).not.toContain(wrong);
  });

  it('keeps the principal of its source', async () => {
    using sts = startStubSts();
    const principal = {
      accountId: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/alice',
      userId: 'AIDACKCEVSQ6C2EXAMPLE',
    };
    const credentials = async () => ({
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      [Symbol.for('@bsm/principal')]: principal,
    });
    const session = createGetSessionToken(sts)(sts.session.derive({ credentials }), { durationSeconds: 900 });
    expect((await session.credentials()).accountId).toBe('123456789012');
    expect(session.principal).toEqual(principal);
    expect(sts.calls[0]).toMatchObject({ operation: 'getSessionToken', parameters: { DurationSeconds: 900 } });
  });

  it.each<[string, unknown]>([
    ['durationSeconds', { durationSeconds: 899 }],
    ['durationSeconds', { durationSeconds: 129_601 }],
    ['mfa.token', { mfa: { serialNumber: 'GAHT12345678', token: '12345' } }],
    ['roleArn', { roleArn: 'arn:aws:iam::123456789012:role/x' }],
    ['options', 'alice'],
  ])('refuses before any call what is wrong: %s', (option, options) => {
    using sts = startStubSts();
    expect(() => createGetSessionToken(sts)(sts.session, options as GetSessionTokenOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
    expect(sts.calls).toHaveLength(0);
  });
});
