import { describe, expect, test } from 'vitest';
import { awsError, createTestSession, makeCredentials, settle } from './fixtures/test-source.js';
import { createSession } from './index.js';

const MINUTE = 60_000;

describe('windows', () => {
  test.each([
    ['4 minutes', 4, 2],
    ['8 minutes', 8, 4],
    ['10 minutes', 10, 5],
    ['20 minutes', 20, 5],
    ['20.5 minutes', 20.5, 15],
    ['an hour', 60, 15],
    ['89 minutes', 89, 15],
    ['90 minutes', 90, 60],
    ['12 hours', 720, 60],
  ])('credentials of %s: refreshAfter says when they are renewed', async (_text, lifetime, window) => {
    using t = createTestSession({}, lifetime * MINUTE);
    const start = t.clock.now();
    await t.use();
    expect(t.credentials.refreshAfter).toEqual(new Date(start + (lifetime - window) * MINUTE));
    expect(t.credentials.expiration).toEqual(new Date(start + lifetime * MINUTE));
    t.clock.advance((lifetime - window) * MINUTE - 1);
    await t.use();
    expect(t.source.calls).toBe(1);
    t.clock.advance(1);
    await t.use();
    expect(t.source.calls).toBe(2);
    await settle();
  });

  test.each([
    [{ advisoryWindowMs: 30 * MINUTE }, 30],
    [{ advisoryWindowMs: 60 * MINUTE }, 30],
    [{ advisoryWindowMs: 0 }, 0],
    [{ mandatoryWindowMs: 50 * MINUTE }, 15],
  ])('%o: %i minutes before the end of an hour', async (options, window) => {
    using t = createTestSession(options);
    await t.use();
    expect(Number(t.credentials.expiration) - Number(t.credentials.refreshAfter)).toBe(window * MINUTE);
  });

  test('the mandatory window can be given', async () => {
    using t = createTestSession({ mandatoryWindowMs: 10 * MINUTE });
    await t.use();
    t.clock.advance(50 * MINUTE);
    expect(await t.use()).toBe('KEY-2');
  });
});

describe('credentials without an end', () => {
  test('temporary keys are asked for again after 15 minutes, and nobody waits', async () => {
    using t = createTestSession();
    t.source.behave = () => Promise.resolve(makeCredentials(`OPEN-${t.source.calls}`));
    expect(await t.use()).toBe('OPEN-1');
    expect(t.credentials.expiration).toBeUndefined();
    expect(t.session.isExpired(1e9)).toBe(false);
    t.clock.advance(15 * MINUTE - 1);
    await t.use();
    expect(t.source.calls).toBe(1);
    t.clock.advance(1);
    expect(await t.use()).toBe('OPEN-1');
    await settle();
    expect(await t.use()).toBe('OPEN-2');
    expect(t.source.calls).toBe(2);
  });

  test('and go on being served while the source fails', async () => {
    using t = createTestSession();
    t.source.behave = () => Promise.resolve(makeCredentials('OPEN'));
    await t.use();
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    for (let hour = 0; hour < 10; hour++) {
      t.clock.advance(60 * MINUTE);
      expect(await t.use({ minRemainingMs: 60 * MINUTE })).toBe('OPEN');
      await settle();
    }
    expect(t.source.calls).toBe(11);
  });

  test('long-term keys are never asked for again', async () => {
    using t = createTestSession();
    t.source.behave = () => Promise.resolve({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' });
    await t.use();
    t.clock.advance(365 * 24 * 60 * MINUTE);
    expect(await t.use({ minRemainingMs: 60 * MINUTE })).toBe('AKIAIOSFODNN7EXAMPLE');
    expect(t.source.calls).toBe(1);
    expect(t.credentials.refreshAfter).toBeUndefined();
  });
});

describe('literal credentials', () => {
  const keys = Object.freeze({
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  });

  test('are in hand from the start, as an object that the SDK may write to and that hides the secret', async () => {
    using session = createSession({ credentials: keys });
    const { current } = session.credentials;
    expect(current).toEqual(keys);
    expect(Object.isFrozen(current)).toBe(false);
    expect(JSON.stringify(current)).not.toContain(keys.secretAccessKey);
    expect(await session.credentials()).toBe(current);
    session.clearCache();
    expect(session.credentials.current).toBe(current);
  });

  test('that end are an error from then on, and are never asked for again before', async () => {
    using t = createTestSession();
    const expiration = new Date(t.clock.now() + 10 * MINUTE);
    const starts: string[] = [];
    using session = createSession({
      credentials: makeCredentials('LITERAL', expiration),
      clock: t.clock,
      refresh: { eager: true },
    });
    session.subscribe(({ type }) => starts.push(type));
    await settle();
    for (let minute = 0; minute < 10; minute++) {
      expect((await session.credentials({ minRemainingMs: 5 * MINUTE })).accessKeyId).toBe('LITERAL');
      t.clock.advance(MINUTE);
    }
    expect(starts).toEqual([]);
    expect(t.clock.pendingTimers).toBe(0);
    await expect(session.credentials()).rejects.toHaveProperty('code', 'ERR_BSM_CREDENTIALS_EXPIRED');
    expect(session.credentials.current).toBeUndefined();
  });

  test('that were rejected are taken again, since nothing else is there', async () => {
    using session = createSession({ credentials: keys });
    session.credentials.invalidate(keys.accessKeyId);
    expect((await session.credentials()).accessKeyId).toBe(keys.accessKeyId);
    expect((await session.credentials.refresh()).accessKeyId).toBe(keys.accessKeyId);
  });
});

describe('what is handed out', () => {
  test('keeps what the SDK can use, in an object of its own', async () => {
    using t = createTestSession();
    const expiration = new Date(t.clock.now() + 60 * MINUTE);
    const given = Object.freeze({
      ...makeCredentials('ASIAIOSFODNN7EXAMPLE', expiration),
      accountId: '123456789012',
      credentialScope: 'us-east-1',
      $source: Object.freeze({ CREDENTIALS_STS_ASSUME_ROLE: 'i' }),
    });
    t.source.behave = () => Promise.resolve(given);
    const credentials = await t.credentials();
    expect(credentials).toEqual(given);
    expect(credentials).not.toBe(given);
    expect(Object.isFrozen(credentials)).toBe(false);
    expect(Object.isFrozen((credentials as { $source?: object }).$source)).toBe(false);
    expect(credentials.expiration).toBeInstanceOf(Date);
    expect(await t.credentials()).toBe(credentials);
    expect(t.credentials.current).toBe(credentials);
  });

  test('does not change when the source changes its own object', async () => {
    using t = createTestSession();
    const given = { ...t.source.fresh() };
    t.source.behave = () => Promise.resolve(given);
    await t.use();
    Object.assign(given, { accessKeyId: 'OTHER' });
    given.expiration?.setFullYear(1970);
    expect(await t.use()).toBe('KEY-1');
    expect(t.session.isExpired()).toBe(false);
  });
});

describe('clocks', () => {
  test('a wall clock that is set back does not lengthen a life', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(30 * MINUTE);
    t.clock.set(t.clock.now() - 120 * MINUTE);
    expect(await t.use()).toBe('KEY-1');
    t.clock.advance(29 * MINUTE + 30_000);
    expect(await t.use()).toBe('KEY-2');
  });

  test('a wall clock that jumps ahead past the end counts, as after sleep', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.set(t.clock.now() + 61 * MINUTE);
    expect(t.credentials.current).toBeUndefined();
    expect(await t.use()).toBe('KEY-2');
  });

  test('with nothing but now() a step back is no life gained', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    let calls = 0;
    using session = createSession({
      clock: { now: () => now },
      credentials: async () => makeCredentials(`KEY-${++calls}`, new Date(now + 60 * MINUTE)),
    });
    const { expiration } = await session.credentials();
    now -= 120 * MINUTE;
    await session.credentials();
    expect(session.isExpired(3_600)).toBe(true);
    now = Number(expiration);
    expect((await session.credentials()).accessKeyId).toBe('KEY-2');
  });
});
