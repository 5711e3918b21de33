import { BsmError, type ClientDefaults, createSession, principalKey, type SessionLike } from '@bsm/core-cache';
import { createVirtualClock } from '@bsm/testing';
import { describe, expect, it } from 'vitest';
import { credentialEnv } from './credential-env.js';
import { EXAMPLE_SECRET, literalSession, literalVariables } from './fixtures/literal-session.js';
import { useProcessEnv } from './fixtures/process-env.js';

useProcessEnv();

const noRegion = async (): Promise<string> => {
  throw new BsmError('ERR_BSM_REGION_UNRESOLVED', 'There is no region.');
};

describe('the variables', () => {
  it('are keys and both regions', async () => {
    expect(await credentialEnv(literalSession('AK'))).toEqual(literalVariables('AK'));
  });

  it('are token, expiration in whole seconds, account id and scope where they are known', async () => {
    const session = literalSession('AK', {
      sessionToken: 'token',
      expiration: new Date('2999-01-02T03:04:05.999Z'),
      accountId: '123456789012',
      credentialScope: 'us-east-1',
    });
    expect(await credentialEnv(session)).toEqual({
      ...literalVariables('AK'),
      AWS_SESSION_TOKEN: 'token',
      AWS_CREDENTIAL_EXPIRATION: '2999-01-02T03:04:05Z',
      AWS_ACCOUNT_ID: '123456789012',
      AWS_CREDENTIAL_SCOPE: 'us-east-1',
    });
  });

  it('are no token when it is empty', async () => {
    const session = createSession({
      credentials: async () => ({ accessKeyId: 'AK', secretAccessKey: EXAMPLE_SECRET, sessionToken: '' }),
      region: 'eu-west-1',
    });
    expect(await credentialEnv(session)).toEqual(literalVariables('AK'));
  });

  it('hold the account id of the principal that the source stated', async () => {
    const principal = { accountId: '444455556666', arn: 'arn:aws:iam::444455556666:user/me', userId: 'AIDA' };
    const credentials = async () => ({
      accessKeyId: 'AK',
      secretAccessKey: EXAMPLE_SECRET,
      [principalKey()]: principal,
    });
    expect(await credentialEnv(createSession({ credentials, region: 'eu-west-1' }))).toMatchObject({
      AWS_ACCOUNT_ID: '444455556666',
    });
  });

  it('are no region when none can be resolved', async () => {
    expect(await credentialEnv(literalSession('AK', { region: noRegion }))).toEqual({
      AWS_ACCESS_KEY_ID: 'AK',
      AWS_SECRET_ACCESS_KEY: EXAMPLE_SECRET,
    });
  });

  it.each([
    ['a string', 'http://127.0.0.1:5000', 'http://127.0.0.1:5000'],
    ['an empty string', '', undefined],
    ['a function', () => 'http://127.0.0.1:5000', undefined],
  ])('are an endpoint when that of the session is %s', async (_what, endpoint, expected) => {
    const session = literalSession('AK', { clientDefaults: { endpoint } as ClientDefaults });
    expect((await credentialEnv(session))['AWS_ENDPOINT_URL']).toBe(expected);
  });

  it('are those of an object that only has credentials and a region', async () => {
    const like = { credentials: { accessKeyId: 'AK', secretAccessKey: EXAMPLE_SECRET }, region: 'eu-west-1' };
    expect(await credentialEnv(like)).toEqual(literalVariables('AK'));
  });

  it('are the profile and the region, and no keys, when a profile is handed on', async () => {
    const session = createSession({ region: 'eu-west-1', credentials: () => Promise.reject(new Error('not asked')) });
    expect(await credentialEnv(session, { profile: 'dev' })).toEqual({
      AWS_PROFILE: 'dev',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
  });
});

describe('one set of credentials', () => {
  it('is asked for once, and its parts never mix', async () => {
    const clock = createVirtualClock();
    let calls = 0;
    const session = createSession({
      clock,
      region: 'eu-west-1',
      credentials: async () => {
        calls++;
        const expiration = new Date(clock.now() + 1_000);
        return { accessKeyId: `K${calls}`, secretAccessKey: `S${calls}`, sessionToken: `T${calls}`, expiration };
      },
    });
    for (let n = 1; n <= 20; n++) {
      const env = await credentialEnv(session);
      expect([env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY'], env['AWS_SESSION_TOKEN']]).toEqual(
        ['K', 'S', 'T'].map((part) => `${part}${n}`),
      );
      clock.advance(1_001);
    }
    expect(calls).toBe(20);
  });

  it('is renewed first when it has less than minRemainingMs left', async () => {
    const clock = createVirtualClock();
    let calls = 0;
    const session = createSession({
      clock,
      region: 'eu-west-1',
      credentials: async () => ({
        accessKeyId: `K${++calls}`,
        secretAccessKey: EXAMPLE_SECRET,
        expiration: new Date(clock.now() + 3_600_000),
      }),
    });
    await session.credentials();
    clock.advance(1_000_000);
    expect((await credentialEnv(session))['AWS_ACCESS_KEY_ID']).toBe('K1');
    expect((await credentialEnv(session, { minRemainingMs: 3_000_000 }))['AWS_ACCESS_KEY_ID']).toBe('K2');
  });
});

describe('failures', () => {
  it('are those of the credentials', async () => {
    const session = createSession({ credentials: async () => ({}) as never, region: 'eu-west-1' });
    await expect(credentialEnv(session)).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_INVALID' });
  });

  it('are those of a region that cannot be looked up', async () => {
    const region = async (): Promise<string> => {
      throw new BsmError('ERR_BSM_CONFIG_INVALID', 'The file cannot be read.');
    };
    await expect(credentialEnv(literalSession('AK', { region }))).rejects.toMatchObject({
      code: 'ERR_BSM_CONFIG_INVALID',
    });
  });

  it.each([{}, { profile: 'dev' }])('are those of a closed session, with the options %j', async (options) => {
    const session = literalSession('AK');
    session.close();
    await expect(credentialEnv(session, options)).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });

  it.each([{}, { profile: 'dev' }])(
    'are the reason of a signal that was aborted, with the options %j',
    async (options) => {
      const signal = AbortSignal.abort(new Error('enough'));
      await expect(credentialEnv(literalSession('AK'), { ...options, signal })).rejects.toThrow('enough');
    },
  );

  it('are the reason of a signal that is aborted while the source is asked', async () => {
    const controller = new AbortController();
    const session = createSession({ credentials: () => new Promise(() => {}), region: 'eu-west-1' });
    const waiting = expect(credentialEnv(session, { signal: controller.signal })).rejects.toThrow('enough');
    controller.abort(new Error('enough'));
    await waiting;
    session.close();
  });

  it.each([
    ['no session', undefined, undefined, 'source'],
    ['a session without credentials', { region: 'eu-west-1' }, undefined, 'source'],
    ['an unknown option', literalSession('AK'), { profil: 'dev' }, 'profil'],
    ['a profile that is no text', literalSession('AK'), { profile: true }, 'profile'],
    ['an empty profile', literalSession('AK'), { profile: '' }, 'profile'],
    ['a negative minRemainingMs', literalSession('AK'), { minRemainingMs: -1 }, 'minRemainingMs'],
    ['a signal that is none', literalSession('AK'), { signal: {} }, 'signal'],
    ['options that are no object', literalSession('AK'), 'dev', 'options'],
  ])('are ERR_BSM_OPTION_INVALID for %s', async (_what, session, options, option) => {
    await expect(credentialEnv(session as SessionLike, options as object)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option },
    });
  });
});
