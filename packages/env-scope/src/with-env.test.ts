import { createSession, type Session, type SessionLike } from '@bsm/core-cache';
import { createVirtualClock } from '@bsm/testing';
import { describe, expect, it, vi } from 'vitest';
import { createGate, settle } from './fixtures/gate.js';
import { EXAMPLE_SECRET, literalSession, literalVariables } from './fixtures/literal-session.js';
import { hostileEnvironment, identityVariables, useProcessEnv } from './fixtures/process-env.js';
import { withEnv } from './with-env.js';

const environment = useProcessEnv();

describe('the environment inside', () => {
  it('is that of the session, whatever was there, also after await', async () => {
    environment.set(hostileEnvironment());
    const seen = await withEnv(literalSession('AK'), async () => {
      const first = identityVariables();
      await settle();
      return [first, identityVariables()];
    });
    expect(seen).toEqual([literalVariables('AK'), literalVariables('AK')]);
  });

  it('keeps all other variables', async () => {
    environment.set({ AWS_CONFIG_FILE: '/c', AWS_ENDPOINT_URL: 'http://127.0.0.1:1', SOME_VARIABLE: 'kept' });
    const seen = await withEnv(literalSession('AK'), () => ({ ...process.env }));
    expect(seen).toMatchObject({
      AWS_CONFIG_FILE: '/c',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
      SOME_VARIABLE: 'kept',
    });
  });

  it('has the profile instead of keys when that is asked for', async () => {
    environment.set({ AWS_ACCESS_KEY_ID: 'old', AWS_DEFAULT_PROFILE: 'old' });
    expect(await withEnv(literalSession('AK'), () => identityVariables(), { profile: 'dev' })).toEqual({
      AWS_PROFILE: 'dev',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
  });

  it('is ready when the function is called, which gets no argument', async () => {
    const fn = vi.fn(() => process.env['AWS_ACCESS_KEY_ID']);
    expect(await withEnv(literalSession('AK'), fn)).toBe('AK');
    expect(fn.mock.calls).toEqual([[]]);
  });
});

describe('the environment afterwards is as before', () => {
  const before = { ...hostileEnvironment(), AWS_SESSION_TOKEN: '', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
  const session = literalSession('AK', { clientDefaults: { endpoint: 'http://127.0.0.1:2' } });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['nothing was set', {}],
    ['everything was set', before],
  ])('when the function returns, and %s', async (_what, variables) => {
    environment.set(variables);
    const expected = { ...process.env };
    expect(await withEnv(session, () => 'result')).toBe('result');
    expect(process.env).toEqual(expected);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('of the body');
      },
    ],
    ['rejects', () => Promise.reject(new Error('of the body'))],
    [
      'is aborted',
      async () => {
        await settle();
        AbortSignal.abort(new Error('of the body')).throwIfAborted();
      },
    ],
  ])('when the function %s', async (_what, fn) => {
    environment.set(before);
    const expected = { ...process.env };
    await expect(withEnv(session, fn as () => void)).rejects.toThrow('of the body');
    expect(process.env).toEqual(expected);
  });

  it('when the function changes what belongs to the session, but not what it does to others', async () => {
    environment.set({ AWS_REGION: 'us-east-1', AWS_PROFILE: 'old', ADDED: '', REMOVED: 'r', CHANGED: 'c' });
    await withEnv(session, () => {
      process.env['AWS_ACCESS_KEY_ID'] = 'of the body';
      process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = 'of the body';
      process.env['AWS_ENDPOINT_URL'] = 'of the body';
      process.env['AWS_PROFILE'] = 'of the body';
      delete process.env['AWS_REGION'];
      process.env['ADDED'] = 'added';
      process.env['CHANGED'] = 'changed';
      delete process.env['REMOVED'];
    });
    expect(identityVariables()).toEqual({ AWS_REGION: 'us-east-1', AWS_PROFILE: 'old' });
    expect(process.env).toMatchObject({ ADDED: 'added', CHANGED: 'changed' });
    expect(process.env).not.toHaveProperty('REMOVED');
    environment.set({});
  });

  it('when the function changes the endpoint of a session that has none, which is another variable then', async () => {
    await withEnv(literalSession('AK'), () => {
      process.env['AWS_ENDPOINT_URL'] = 'of the body';
    });
    expect(process.env['AWS_ENDPOINT_URL']).toBe('of the body');
    environment.set({});
  });

  it('when the function replaces process.env, in both objects', async () => {
    environment.set({ AWS_PROFILE: 'old' });
    const original = process.env;
    await withEnv(session, () => {
      process.env = { ...process.env };
    });
    const replaced = process.env;
    process.env = original;
    expect(identityVariables(replaced)).toEqual({ AWS_PROFILE: 'old' });
    expect(identityVariables(original)).toEqual({ AWS_PROFILE: 'old' });
  });

  it('when it can only be set in part', async () => {
    const original = process.env;
    const target: NodeJS.ProcessEnv = { AWS_PROFILE: 'old', AWS_REGION: 'us-east-1' };
    let isSealed = true;
    process.env = new Proxy(target, {
      set(object, name, value) {
        if (isSealed && name === 'AWS_DEFAULT_REGION') throw new Error('sealed');
        return Reflect.set(object, name, value);
      },
    });
    try {
      await expect(withEnv(session, () => {})).rejects.toThrow('sealed');
      expect(target).toEqual({ AWS_PROFILE: 'old', AWS_REGION: 'us-east-1' });
      isSealed = false;
      expect(await withEnv(session, () => process.env['AWS_ACCESS_KEY_ID'])).toBe('AK');
    } finally {
      process.env = original;
    }
  });

  it('where case does not count, with the spelling that was there', async () => {
    const platform = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;
    Object.defineProperty(process, 'platform', { ...platform, value: 'win32' });
    try {
      environment.set({ Aws_Profile: 'old', aws_endpoint_url: 'http://127.0.0.1:1' });
      const names = await withEnv(session, () => Object.keys(process.env).filter((name) => /^aws_[pe]/i.test(name)));
      expect(names.filter((name) => name !== 'AWS_EC2_METADATA_DISABLED')).toEqual(['AWS_ENDPOINT_URL']);
    } finally {
      Object.defineProperty(process, 'platform', platform);
    }
    expect(process.env).toMatchObject({ Aws_Profile: 'old', aws_endpoint_url: 'http://127.0.0.1:1' });
  });
});

describe('credentials', () => {
  it('that run out while the scope waits are renewed before the function is called', async () => {
    const clock = createVirtualClock();
    let calls = 0;
    const session = createSession({
      clock,
      region: 'eu-west-1',
      credentials: async () => {
        const expiration = new Date(clock.now() + 60_000);
        return { accessKeyId: `K${++calls}`, secretAccessKey: EXAMPLE_SECRET, expiration };
      },
    });
    await session.credentials();
    const gate = createGate();
    const first = withEnv(literalSession('AK'), () => gate);
    const second = withEnv(session, () => process.env['AWS_ACCESS_KEY_ID'], { timeoutMs: 3_600_000 });
    clock.advance(60_001);
    gate.open();
    await first;
    expect(await second).toBe('K2');
  });

  it('that cannot be had leave the environment alone and the turn to the next', async () => {
    environment.set({ AWS_PROFILE: 'old' });
    const fn = vi.fn();
    const bad = createSession({ credentials: async () => ({}) as never, region: 'eu-west-1' });
    const failed = withEnv(bad, fn).catch((error: unknown) => error);
    const next = withEnv(literalSession('AK'), () => process.env['AWS_ACCESS_KEY_ID']);
    expect(await failed).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_INVALID' });
    expect(await next).toBe('AK');
    expect(fn).not.toHaveBeenCalled();
  });
});

const session = literalSession('AK');
const closed = literalSession('AK');
closed.close();

it.each<[string, unknown, unknown, unknown, object]>([
  ['no session', undefined, () => {}, undefined, { code: 'ERR_BSM_OPTION_INVALID', details: { option: 'source' } }],
  ['a session without credentials', { region: 'r' }, () => {}, undefined, { code: 'ERR_BSM_OPTION_INVALID' }],
  ['a closed session', closed, () => {}, undefined, { code: 'ERR_BSM_SESSION_CLOSED' }],
  ['no function', session, undefined, undefined, { details: { option: 'fn' } }],
  ['a promise in place of a function', session, Promise.resolve(), undefined, { details: { option: 'fn' } }],
  ['an unknown option', session, () => {}, { timeout: 1 }, { details: { option: 'timeout' } }],
  ['an overlap that is none', session, () => {}, { overlap: 'mix' }, { details: { option: 'overlap' } }],
  ['a negative timeoutMs', session, () => {}, { timeoutMs: -1 }, { details: { option: 'timeoutMs' } }],
  ['a timeoutMs without end', session, () => {}, { timeoutMs: Infinity }, { details: { option: 'timeoutMs' } }],
  ['a signal that is none', session, () => {}, { signal: 1 }, { details: { option: 'signal' } }],
  ['an empty profile', session, () => {}, { profile: '' }, { details: { option: 'profile' } }],
  ['options that are no object', session, () => {}, 'wait', { details: { option: 'options' } }],
  [
    'a signal that was aborted',
    session,
    () => {},
    { signal: AbortSignal.abort(new Error('enough')) },
    { message: 'enough' },
  ],
])('%s is refused, and nothing is left behind', async (_what, source, fn, options, expected) => {
  const body = typeof fn === 'function' ? vi.fn(fn as () => void) : (fn as () => void);
  await expect(withEnv(source as SessionLike, body, options as object)).rejects.toMatchObject(expected);
  expect(await withEnv(session as Session, () => 'the turn is free', { overlap: 'refuse' })).toBe('the turn is free');
  if (typeof fn === 'function') expect(body).not.toHaveBeenCalled();
});
