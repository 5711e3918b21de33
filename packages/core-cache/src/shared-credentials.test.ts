import { createVirtualClock } from '@bsm/testing';
import { describe, expect, test } from 'vitest';
import { createTestSource } from './fixtures/test-source.js';
import { createSession, createSharedCredentials, type SharedCredentialsOptions } from './index.js';

function make(options: SharedCredentialsOptions = {}) {
  const clock = createVirtualClock();
  const source = createTestSource(clock);
  return { clock, source, credentials: createSharedCredentials(source.provider, { clock, ...options }) };
}

describe('createSharedCredentials', () => {
  test('asks nobody until it is called, then once for all who ask', async () => {
    const { source, credentials } = make();
    expect(source.calls).toBe(0);
    expect([credentials.current, credentials.expiration, credentials.refreshAfter]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await Promise.all([credentials(), credentials(), credentials()]);
    expect(source.calls).toBe(1);
    expect(credentials.current?.accessKeyId).toBe('KEY-1');
  });

  test('its facts follow the credentials in hand; the end stays known after it', async () => {
    const { clock, credentials } = make();
    await credentials();
    const end = clock.now() + 3_600_000;
    expect(credentials.expiration).toEqual(new Date(end));
    expect(credentials.refreshAfter).toEqual(new Date(end - 900_000));
    clock.advance(3_600_000);
    expect(credentials.current).toBeUndefined();
    expect(credentials.expiration).toEqual(new Date(end));
  });

  test('refresh and invalidate work without their function', async () => {
    const { source, credentials } = make();
    const { refresh, invalidate } = credentials;
    expect((await refresh()).accessKeyId).toBe('KEY-1');
    invalidate('KEY-1');
    expect((await credentials()).accessKeyId).toBe('KEY-2');
    await expect(refresh({ signal: AbortSignal.abort() })).rejects.toHaveProperty('name', 'AbortError');
    expect(source.calls).toBe(2);
  });

  test('memoized is an ordinary property, since clients of the SDK write to it', () => {
    const { credentials } = make();
    expect(credentials.memoized).toBe(true);
    credentials.memoized = false;
    expect(credentials.memoized).toBe(false);
  });

  test('a session takes them as they are, and closing it leaves them open', async () => {
    const { source, credentials } = make();
    const session = createSession({ credentials });
    expect(session.credentials).toBe(credentials);
    session.close();
    expect((await credentials()).accessKeyId).toBe('KEY-1');
    expect(source.calls).toBe(1);
  });

  test.each([
    ['provider', undefined, undefined],
    ['provider', { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, undefined],
    ['options', async () => {}, null],
    ['options', async () => {}, 'eager'],
    ['clock', async () => {}, { clock: {} }],
    ['clock', async () => {}, { clock: null }],
    ['eagre', async () => {}, { eagre: true }],
    ['timeoutMs', async () => {}, { timeoutMs: 0 }],
    ['advisoryWindowMs', async () => {}, { advisoryWindowMs: -1 }],
    ['mandatoryWindowMs', async () => {}, { mandatoryWindowMs: Number.NaN }],
    ['mandatoryWindowMs', async () => {}, { advisoryWindowMs: 1, mandatoryWindowMs: 2 }],
    ['serveExpired', async () => {}, { serveExpired: 'always' }],
    ['backoffMs', async () => {}, { backoffMs: [2, 1] }],
    ['backoffMs', async () => {}, { backoffMs: [1] }],
    ['backoffMs', async () => {}, { backoffMs: [0, Number.POSITIVE_INFINITY] }],
    ['background', async () => {}, { background: 'yes' }],
    ['isTerminalError', async () => {}, { isTerminalError: true }],
    ['random', async () => {}, { random: 4 }],
  ])('refuses what is wrong by name: %s', (option, provider, options) => {
    expect(() => createSharedCredentials(provider as never, options as never)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });

  test('undefined means the default', async () => {
    const options = { clock: undefined, eager: undefined, backoffMs: undefined, advisoryWindowMs: undefined };
    const credentials = createSharedCredentials(async () => createTestSource(createVirtualClock()).fresh(), options);
    expect((await credentials()).accessKeyId).toBe('KEY-1');
  });
});
