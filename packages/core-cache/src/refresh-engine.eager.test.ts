import { createVirtualClock } from '@bsm/testing';
import { describe, expect, test, vi } from 'vitest';
import { awsError, createGate, createTestSession, createTestSource, settle } from './fixtures/test-source.js';
import { createSession } from './index.js';

const MINUTE = 60_000;

describe('eager', () => {
  test('fetches when the session is made, and before each end, without a caller', async () => {
    using t = createTestSession({ eager: true });
    expect(t.source.calls).toBe(0);
    await settle();
    expect(t.source.calls).toBe(1);
    expect(t.clock.pendingTimers).toBe(1);
    await t.clock.advanceAsync(5 * 60 * MINUTE);
    expect(t.source.calls).toBe(7);
    expect(t.eventTypes().filter((type) => type === 'failure')).toEqual([]);
    expect(t.credentials.current?.accessKeyId).toBe('KEY-7');
    expect(t.events[0]).toMatchObject({ type: 'refresh.start', reason: 'eager' });
  });

  test('a first fetch that fails is an event, tried again after a back-off or by the next caller', async () => {
    using t = createTestSession({ eager: true, random: () => 0 });
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    await settle();
    expect(t.eventTypes()).toEqual(['start', 'failure']);
    await t.clock.advanceAsync(5 * MINUTE - 1);
    expect(t.source.calls).toBe(1);
    await t.clock.advanceAsync(1);
    expect(t.source.calls).toBe(2);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-1');
  });

  test('a failure later is tried again when its back-off ends', async () => {
    using t = createTestSession({ eager: true, random: () => 0 });
    await settle();
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    await t.clock.advanceAsync(45 * MINUTE);
    expect(t.source.calls).toBe(2);
    await t.clock.advanceAsync(5 * MINUTE);
    expect(t.source.calls).toBe(3);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    await t.clock.advanceAsync(5 * MINUTE);
    expect(t.credentials.current?.accessKeyId).toBe('KEY-2');
  });

  test('a source that fails is not hammered, whatever backoffMs says', async () => {
    using t = createTestSession({ eager: true, backoffMs: [0, 0] });
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    await settle();
    await t.clock.advanceAsync(5_000);
    expect(t.source.calls).toBe(11);
  });

  test('a timer that fires a little early does not ask inside the back-off', async () => {
    const clock = createVirtualClock();
    const source = createTestSource(clock);
    const setTimeout = (callback: () => void, ms: number) => clock.setTimeout(callback, ms > 1 ? ms - 1 : ms);
    using session = createSession({
      clock: { ...clock, setTimeout },
      credentials: source.provider,
      refresh: { eager: true, random: () => 0 },
    });
    await settle();
    source.behave = () => Promise.reject(awsError('Throttling'));
    await clock.advanceAsync(45 * MINUTE);
    expect(source.calls).toBe(2);
    await clock.advanceAsync(5 * MINUTE - 1);
    expect(source.calls).toBe(2);
    await clock.advanceAsync(1);
    expect(source.calls).toBe(3);
    session.close();
  });

  test('works with background false, which is about callers', async () => {
    using t = createTestSession({ eager: true, background: false });
    await settle();
    await t.clock.advanceAsync(46 * MINUTE);
    expect(t.source.calls).toBe(2);
  });

  test('a refresh under way when its time comes is the refresh', async () => {
    using t = createTestSession({ eager: true, timeoutMs: 10 * MINUTE });
    await settle();
    await t.clock.advanceAsync(44 * MINUTE);
    const gate = createGate();
    t.source.behave = () => gate.then(() => t.source.fresh());
    const forced = t.use({ forceRefresh: true });
    await t.clock.advanceAsync(5 * MINUTE);
    expect(t.source.calls).toBe(2);
    gate.open();
    expect(await forced).toBe('KEY-2');
    expect(t.clock.pendingTimers).toBe(1);
  });

  test('clearCache fetches again', async () => {
    using t = createTestSession({ eager: true });
    await settle();
    t.session.clearCache();
    await t.clock.advanceAsync(0);
    expect(t.source.calls).toBe(2);
    expect(t.credentials.current?.accessKeyId).toBe('KEY-2');
  });

  test('close stops its timer, and a session closed at once fetches nothing', async () => {
    const t = createTestSession({ eager: true });
    await settle();
    t.session.close();
    expect(t.clock.pendingTimers).toBe(0);
    const closed = createTestSession({ eager: true });
    closed.session.close();
    await settle();
    expect(closed.source.calls).toBe(0);
  });
});

describe('in Lambda', () => {
  test('eager is ignored, also when background is set', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'my-function');
    using t = createTestSession({ eager: true, background: true });
    await settle();
    expect(t.source.calls).toBe(0);
    await t.use();
    expect(t.clock.pendingTimers).toBe(0);
  });

  test('background is false by default: frozen work is lost', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'my-function');
    using t = createTestSession();
    await t.use();
    t.clock.advance(50 * MINUTE);
    expect(await t.use()).toBe('KEY-2');
  });

  test('background can be set', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'my-function');
    using t = createTestSession({ background: true });
    await t.use();
    t.clock.advance(50 * MINUTE);
    expect(await t.use()).toBe('KEY-1');
    await settle();
  });
});
