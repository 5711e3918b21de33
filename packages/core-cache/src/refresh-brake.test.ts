import { describe, expect, test } from 'vitest';
import { awsError, createTestSession, settle } from './fixtures/test-source.js';

const MINUTE = 60_000;
const failing = () => Promise.reject(awsError('Throttling'));

/** Fails at the given age of the credentials, then counts what the source is asked in small steps. */
async function failAt(ageMs: number, options: Parameters<typeof createTestSession>[0]) {
  const t = createTestSession(options);
  await t.use();
  t.clock.advance(ageMs);
  t.source.behave = failing;
  await t.use();
  await settle();
  return t;
}

describe('the back-off', () => {
  test.each([
    ['the least', 0, 300_000],
    ['the middle', 0.5, 450_000],
    ['nearly the most', 0.999, 599_700],
  ])('%s that random gives while credentials are valid', async (_text, random, pauseMs) => {
    using t = await failAt(46 * MINUTE, { random: () => random });
    expect(t.events.at(-2)).toMatchObject({ type: 'refresh.backoff', delayMs: pauseMs });
    t.clock.advance(pauseMs - 1);
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(2);
    t.clock.advance(1);
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(3);
    await settle();
  });

  test('its range can be given', async () => {
    using t = await failAt(46 * MINUTE, { backoffMs: [1_000, 3_000], random: () => 0.5 });
    expect(t.events.at(-2)).toMatchObject({ type: 'refresh.backoff', delayMs: 2_000 });
  });

  test('it ends where the mandatory window begins', async () => {
    using t = await failAt(57 * MINUTE, { random: () => 0.5 });
    expect(t.events.at(-2)).toMatchObject({ type: 'refresh.backoff', delayMs: 2 * MINUTE });
    t.clock.advance(2 * MINUTE);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-2');
  });

  test.each([
    [0, 500],
    [0.999, 4_995.5],
  ])('in the mandatory window attempts are seconds apart (random %s)', async (random, pauseMs) => {
    using t = await failAt(59 * MINUTE + 1_000, { random: () => random });
    expect(t.events.at(-2)).toMatchObject({ type: 'refresh.backoff', delayMs: pauseMs });
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(2);
    t.clock.advance(Math.ceil(pauseMs));
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-2');
  });

  test('at expiry with a failing source: one call, the same error for all, again within seconds', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(61 * MINUTE);
    t.source.behave = failing;
    const results = await Promise.allSettled(Array.from({ length: 10_000 }, () => t.credentials()));
    expect(new Set(results.map((result) => (result as PromiseRejectedResult).reason)).size).toBe(1);
    expect(await t.use()).toBe('ERR_BSM_THROTTLED');
    expect(t.source.calls).toBe(2);
    t.clock.advance(5_000);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-2');
  });

  test('an explicit refresh may ask during it, and its success ends it', async () => {
    using t = await failAt(46 * MINUTE, {});
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect((await t.credentials.refresh()).accessKeyId).toBe('KEY-2');
    t.clock.advance(50 * MINUTE);
    await t.use();
    expect(t.source.calls).toBe(4);
    await settle();
  });

  test('nothing is remembered of a first fetch that fails: the next call asks again', async () => {
    using t = createTestSession();
    t.source.behave = failing;
    expect(await t.use()).toBe('ERR_BSM_THROTTLED');
    expect(await t.use()).toBe('ERR_BSM_THROTTLED');
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(3);
  });

  test.each([
    ['throws', throwing],
    ['gives no number', () => Number.NaN],
    ['gives too much', () => 7],
  ])('a random that %s cannot take it away', async (_text, random) => {
    using t = await failAt(46 * MINUTE, { random });
    expect(t.events.at(-2)).toMatchObject({ type: 'refresh.backoff', delayMs: 450_000 });
  });

  test('with while-refresh-fails it does not end with the credentials, and they are served meanwhile', async () => {
    using t = await failAt(59 * MINUTE, { serveExpired: 'while-refresh-fails', random: () => 0 });
    t.clock.advance(4 * MINUTE);
    expect(await t.use()).toBe('KEY-1');
    expect(t.credentials.current?.accessKeyId).toBe('KEY-1');
    expect(t.source.calls).toBe(2);
    t.clock.advance(MINUTE);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-2');
  });
});

function throwing(): number {
  throw new Error('no numbers today');
}

describe('terminal errors', () => {
  const denied = () => Promise.reject(awsError('AccessDenied'));

  test.each([
    [0, 1_000],
    [0.999, 4_996],
  ])('are remembered 1 to 5 seconds (random %s), also while credentials are valid', async (random, rememberedMs) => {
    using t = createTestSession({ random: () => random });
    await t.use();
    t.clock.advance(50 * MINUTE);
    t.source.behave = denied;
    expect(await t.use()).toBe('KEY-1');
    await settle();

    t.clock.advance(rememberedMs - 1);
    expect(await t.use()).toBe('ERR_BSM_ACCESS_DENIED');
    expect(t.source.calls).toBe(2);
    t.clock.advance(1);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use(), 'the attempt after one is never in the background').toBe('KEY-2');
  });

  test('callers never see served, refused, served while the error lasts', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(50 * MINUTE);
    t.source.behave = denied;
    expect(await t.use()).toBe('KEY-1');
    await settle();
    for (let attempt = 0; attempt < 20; attempt++) {
      expect(await t.use()).toBe('ERR_BSM_ACCESS_DENIED');
      t.clock.advance(1_700);
    }
  });

  test('a first fetch that ends so is not asked again for that long', async () => {
    using t = createTestSession({ random: () => 0 });
    t.source.behave = denied;
    expect(await Promise.all([t.use(), t.use()])).toEqual(Array(2).fill('ERR_BSM_ACCESS_DENIED'));
    expect(await t.use()).toBe('ERR_BSM_ACCESS_DENIED');
    expect(t.source.calls).toBe(1);
    t.clock.advance(1_000);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-1');
  });

  test('they say that a retry does not help', async () => {
    using t = createTestSession();
    t.source.behave = denied;
    await expect(t.credentials()).rejects.toMatchObject({ retryable: false, cause: { name: 'AccessDenied' } });
    expect(t.events.at(-1)).toMatchObject({ type: 'refresh.failure', terminal: true });
  });

  test('the test for them can be given', async () => {
    using t = createTestSession({ isTerminalError: (error) => (error as Error).message.includes('gone') });
    t.source.behave = () => Promise.reject(new Error('the vault is gone'));
    expect([await t.use(), await t.use()]).toEqual(Array(2).fill('ERR_BSM_REFRESH_FAILED'));
    expect(t.source.calls).toBe(1);
  });

  test('a given test that throws counts as no', async () => {
    using t = createTestSession({
      isTerminalError: () => {
        throw new Error('broken test');
      },
    });
    t.source.behave = denied;
    await t.use();
    expect(t.events.at(-1)).toMatchObject({ type: 'refresh.failure', terminal: false });
  });
});

describe('invalidate', () => {
  test('the next call waits for a refresh, however many ask', async () => {
    using t = createTestSession();
    await t.use();
    t.credentials.invalidate('KEY-1');
    expect(t.credentials.current).toBeUndefined();
    expect(await Promise.all([t.use(), t.use(), t.use()])).toEqual(['KEY-2', 'KEY-2', 'KEY-2']);
    expect(t.source.calls).toBe(2);
  });

  test('a key that is not in hand is ignored', async () => {
    using t = createTestSession();
    await t.use();
    await t.credentials.refresh();
    t.credentials.invalidate('KEY-1');
    expect(await t.use()).toBe('KEY-2');
    expect(t.source.calls).toBe(2);
  });

  test('with a failing source: served until expiry, attempts seconds apart', async () => {
    using t = createTestSession({ random: () => 0 });
    await t.use();
    t.credentials.invalidate('KEY-1');
    t.source.behave = failing;
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await t.use()).toBe('KEY-1');
      expect(await t.use()).toBe('KEY-1');
      expect(t.source.calls).toBe(1 + attempt);
      expect(t.credentials.current?.accessKeyId).toBe('KEY-1');
      t.clock.advance(500);
    }
    t.clock.advance(60 * MINUTE);
    expect(await t.use()).toBe('ERR_BSM_THROTTLED');
  });

  test('a back-off in force holds', async () => {
    using t = await failAt(46 * MINUTE, { random: () => 0 });
    t.credentials.invalidate();
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(2);
    t.clock.advance(5 * MINUTE);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-2');
  });
});
