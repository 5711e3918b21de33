import { describe, expect, test } from 'vitest';
import { awsError, createGate, createTestSession, settle } from './fixtures/test-source.js';

const MINUTE = 60_000;

describe('how often the source is asked', () => {
  test('a 900-second role is fetched once for 20 uses over its first 9 minutes', async () => {
    using t = createTestSession({}, 900_000);
    for (let use = 0; use < 20; use++) {
      expect(await t.use()).toBe('KEY-1');
      t.clock.advance((9 * MINUTE) / 20);
    }
    expect(t.source.calls).toBe(1);
  });

  test('credentials that always live 240 seconds are fetched once for 32 requests in a row', async () => {
    using t = createTestSession({}, 240_000);
    for (let use = 0; use < 32; use++) expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(1);
  });

  test.each([
    ['cold', undefined],
    ['mandatory', 59 * MINUTE + 30_000],
    ['expired', 61 * MINUTE],
  ])('10,000 callers, %s: one call, one answer for all', async (_phase, age) => {
    using t = createTestSession();
    if (age !== undefined) {
      await t.use();
      t.clock.advance(age);
    }
    const before = t.source.calls;
    const answers = await Promise.all(Array.from({ length: 10_000 }, () => t.credentials()));
    expect(t.source.calls - before).toBe(1);
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]?.accessKeyId).toBe(`KEY-${t.source.calls}`);
  });

  test('the source learns its region, never that of the client that asks, and forceRefresh except at first', async () => {
    using t = createTestSession();
    await t.credentials({ callerClientConfig: { region: async () => 'eu-central-1' } } as never);
    await t.credentials.refresh();
    expect(t.source.requests[0]).toHaveProperty('callerClientConfig');
    expect(t.source.requests[0]?.callerClientConfig?.region).not.toBeUndefined();
    expect(t.source.requests.map(({ forceRefresh }) => forceRefresh)).toEqual([undefined, true]);
    expect(t.source.requests[1]?.signal?.aborted).toBe(false);
  });
});

describe('the advisory window', () => {
  test('10,000 callers while the source takes its time: none waits', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(50 * MINUTE);
    const gate = createGate();
    t.source.behave = () => gate.then(() => t.source.fresh());

    const answers = await Promise.all(Array.from({ length: 10_000 }, () => t.credentials()));
    expect(new Set(answers.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['KEY-1']));
    expect(t.source.calls).toBe(2);

    gate.open();
    await settle();
    expect(await t.use()).toBe('KEY-2');
  });

  test('with background false only the caller that refreshes waits, and for 2,000 ms at most', async () => {
    using t = createTestSession({ background: false });
    await t.use();
    t.clock.advance(50 * MINUTE);
    const gate = createGate();
    t.source.behave = () => gate.then(() => t.source.fresh());

    let first: string | undefined;
    const leader = t.use().then((key) => {
      first = key;
    });
    expect(await Promise.all(Array.from({ length: 10_000 }, () => t.use()))).toEqual(Array(10_000).fill('KEY-1'));
    await t.clock.advanceAsync(1_999);
    expect(first).toBeUndefined();
    await t.clock.advanceAsync(1);
    await leader;
    expect(first).toBe('KEY-1');

    gate.open();
    await settle();
    expect(await t.use()).toBe('KEY-2');
    expect(t.source.calls).toBe(2);
    expect(t.clock.pendingTimers).toBe(0);
  });

  test('with background false the caller that refreshes gets what comes in time', async () => {
    using t = createTestSession({ background: false });
    await t.use();
    t.clock.advance(50 * MINUTE);
    expect(await t.use()).toBe('KEY-2');
    expect(t.clock.pendingTimers).toBe(0);
  });

  test('a refresh that began in it is waited for once the mandatory window begins', async () => {
    using t = createTestSession({ timeoutMs: 3_600_000 });
    await t.use();
    t.clock.advance(50 * MINUTE);
    const gate = createGate();
    t.source.behave = () => gate.then(() => t.source.fresh());
    expect(await t.use()).toBe('KEY-1');

    t.clock.advance(9 * MINUTE + 1_000);
    const waiting = Promise.all([t.use(), t.use()]);
    await settle();
    gate.open();
    expect(await waiting).toEqual(['KEY-2', 'KEY-2']);
    expect(t.source.calls).toBe(2);
  });
});

describe('callers that leave', () => {
  test('one leaves with the reason of its signal, the refresh goes on for the others', async () => {
    using t = createTestSession();
    const gate = createGate();
    t.source.behave = () => gate.then(() => t.source.fresh());
    const controller = new AbortController();
    const reason = new Error('enough');
    const leader = t.credentials({ signal: controller.signal });
    const other = t.use();
    controller.abort(reason);
    await expect(leader).rejects.toBe(reason);
    expect(t.source.requests[0]?.signal?.aborted).toBe(false);
    gate.open();
    expect(await other).toBe('KEY-1');
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(1);
  });

  test('a signal that was aborted before starts nothing', async () => {
    using t = createTestSession();
    await expect(t.credentials({ signal: AbortSignal.abort() })).rejects.toHaveProperty('name', 'AbortError');
    expect(t.source.calls).toBe(0);
  });

  test('all leave: the refresh still ends well, and no rejection is lost', async () => {
    using t = createTestSession();
    const gate = createGate();
    t.source.behave = () => gate.then(() => Promise.reject(awsError('Throttling')));
    const controller = new AbortController();
    const leaving = [t.use({ signal: controller.signal }), t.use({ signal: controller.signal })];
    controller.abort();
    expect(await Promise.all(leaving)).toEqual(['AbortError', 'AbortError']);
    gate.open();
    await settle();
    expect(t.eventTypes()).toEqual(['start', 'failure']);
  });
});

describe('what a caller asks for', () => {
  test('forceRefresh asks the source, and joins a refresh that is under way', async () => {
    using t = createTestSession();
    await t.use();
    expect(await Promise.all([t.use({ forceRefresh: true }), t.use({ forceRefresh: true })])).toEqual([
      'KEY-2',
      'KEY-2',
    ]);
    expect(t.source.calls).toBe(2);
    expect((await t.credentials.refresh()).accessKeyId).toBe('KEY-3');
  });

  test('a forced refresh that fails rejects, and the credentials in hand stay', async () => {
    using t = createTestSession();
    await t.use();
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    expect(await t.use({ forceRefresh: true })).toBe('ERR_BSM_THROTTLED');
    expect(await t.use()).toBe('KEY-1');
  });

  test.each([[-1], [Number.NaN], ['5'], [null]])('minRemainingMs %s is refused by name', async (minRemainingMs) => {
    using t = createTestSession();
    await expect(t.credentials({ minRemainingMs: minRemainingMs as number })).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option: 'minRemainingMs' },
    });
    expect(t.source.calls).toBe(0);
  });

  test('credentials with less left than minRemainingMs are renewed first, for all who ask for that much', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(30 * MINUTE);
    expect(await t.use({ minRemainingMs: 30 * MINUTE })).toBe('KEY-1');
    expect(await Promise.all([t.use({ minRemainingMs: 31 * MINUTE }), t.use({ minRemainingMs: 50 * MINUTE })])).toEqual(
      ['KEY-2', 'KEY-2'],
    );
    expect(await t.use({ minRemainingMs: 50 * MINUTE })).toBe('KEY-2');
    expect(t.source.calls).toBe(2);
  });

  test('when the source fails, a caller that asks for more gets what is in hand', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(30 * MINUTE);
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    expect(await t.use({ minRemainingMs: 45 * MINUTE })).toBe('KEY-1');
    expect(await t.use({ minRemainingMs: 45 * MINUTE })).toBe('KEY-1');
    expect(t.source.calls).toBe(2);
  });

  // Clocks differ by seconds, and STS rounds: a 900-second role arrives with 898 to 902 seconds.
  test.each([
    ['less than', 898_000],
    ['just', 900_000],
    ['a little more than', 902_000],
  ])(
    'minRemainingMs of 900 seconds on a role that comes with %s that: no call per request',
    async (_text, lifetimeMs) => {
      using t = createTestSession({}, lifetimeMs);
      for (let use = 0; use < 20; use++) {
        expect(await t.use({ minRemainingMs: 900_000 })).toBe('KEY-1');
        t.clock.advance(27_000);
      }
      expect(t.source.calls).toBe(1);
      t.clock.advance(2 * MINUTE);
      expect(await t.use({ minRemainingMs: 900_000 })).toBe('KEY-1');
      await settle();
      expect(await t.use({ minRemainingMs: 900_000 })).toBe('KEY-2');
    },
  );

  test('a fresh answer that is still shorter is returned, and not asked for again before its own window', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(10 * MINUTE);
    t.source.behave = () => Promise.resolve(t.source.fresh(20 * MINUTE));
    expect(await t.use({ minRemainingMs: 55 * MINUTE })).toBe('KEY-2');
    t.clock.advance(10 * MINUTE);
    expect(await t.use({ minRemainingMs: 55 * MINUTE })).toBe('KEY-2');
    expect(t.source.calls).toBe(2);
  });
});

test.each([
  ['a signal that is text', { signal: 'x' }, 'signal'],
  ['a signal that is true', { signal: true }, 'signal'],
  ['an empty signal', { signal: {} }, 'signal'],
  ['a time that is text', { minRemainingMs: 'x' }, 'minRemainingMs'],
  ['a time below 0', { minRemainingMs: -1 }, 'minRemainingMs'],
])('%s is refused by name', async (_name, request, option) => {
  using t = createTestSession();
  await expect(t.credentials(request as never)).rejects.toMatchObject({
    code: 'ERR_BSM_OPTION_INVALID',
    details: { option },
  });
  expect(t.source.calls).toBe(0);
});

test('null asks for nothing in particular', async () => {
  using t = createTestSession();
  expect((await t.credentials(null as never)).accessKeyId).toBe('KEY-1');
});
