import { AsyncLocalStorage } from 'node:async_hooks';
import { describe, expect, test, vi } from 'vitest';
import { awsError, createGate, createTestSession, makeCredentials, settle } from './fixtures/test-source.js';
import type { AwsCredentialIdentity } from './index.js';

const MINUTE = 60_000;

describe('the deadline', () => {
  test('a source that never answers fails after 20 seconds, with its signal aborted', async () => {
    using t = createTestSession();
    t.source.behave = () => new Promise(() => {});
    const result = t.use();
    await t.clock.advanceAsync(19_999);
    expect(t.source.requests[0]?.signal?.aborted).toBe(false);
    await t.clock.advanceAsync(1);
    expect(await result).toBe('ERR_BSM_REFRESH_TIMEOUT');
    expect(t.source.requests[0]?.signal?.aborted).toBe(true);
    expect(t.clock.pendingTimers).toBe(0);
  });

  test('it can be given', async () => {
    using t = createTestSession({ timeoutMs: 5 });
    t.source.behave = () => new Promise(() => {});
    const result = t.use();
    await t.clock.advanceAsync(5);
    expect(await result).toBe('ERR_BSM_REFRESH_TIMEOUT');
  });

  test('a person who types a code has more time, has no advisory window, and is never asked ahead of time', async () => {
    using t = createTestSession();
    const person = t.session.derive({
      credentials: t.source.provider,
      interactiveMs: 120_000,
      refresh: { eager: true },
    });
    await settle();
    expect(t.source.calls).toBe(0);
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const asked = person.credentials();
    await t.clock.advanceAsync(139_999);
    gate.open(t.source.fresh());
    expect((await asked).accessKeyId).toBe('KEY-1');

    t.source.behave = () => Promise.resolve(t.source.fresh());
    t.clock.advance(59 * MINUTE - 1);
    expect((await person.credentials()).accessKeyId).toBe('KEY-1');
    expect(t.source.calls).toBe(1);
    t.clock.advance(1);
    expect((await person.credentials()).accessKeyId).toBe('KEY-2');
  });

  test('a person is not asked in the background for keys without an end either', async () => {
    using t = createTestSession();
    const person = t.session.derive({ credentials: t.source.provider, interactiveMs: 120_000 });
    t.source.behave = () => Promise.resolve(makeCredentials(`OPEN-${t.source.calls}`));
    await person.credentials();
    t.clock.advance(15 * MINUTE);
    expect((await person.credentials()).accessKeyId).toBe('OPEN-2');
  });

  test('the timer goes with the answer', async () => {
    using t = createTestSession();
    await t.use();
    expect(t.clock.pendingTimers).toBe(0);
  });
});

describe('a process that was frozen', () => {
  test('a deadline that fires more than a second late asks again, once', async () => {
    using t = createTestSession();
    t.source.behave = () => new Promise(() => {});
    const result = t.use();
    t.clock.set(t.clock.now() + 3_600_000);
    await t.clock.advanceAsync(20_000);
    expect(t.source.calls).toBe(2);
    expect(t.source.requests[0]?.signal?.aborted).toBe(true);
    expect(t.source.requests[1]?.signal?.aborted).toBe(false);

    t.clock.set(t.clock.now() + 3_600_000);
    await t.clock.advanceAsync(20_000);
    expect(await result).toBe('ERR_BSM_REFRESH_TIMEOUT');
    expect(t.source.calls).toBe(2);
    expect(t.eventTypes()).toEqual(['start', 'failure']);
  });

  test('the second question answers the callers, the failure of the first is none', async () => {
    using t = createTestSession();
    t.source.behave = ({ signal }) =>
      t.source.calls === 1
        ? new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(awsError('AbortError'))))
        : Promise.resolve(t.source.fresh());
    const result = t.use();
    t.clock.set(t.clock.now() + 60_000);
    await t.clock.advanceAsync(20_000);
    expect(await result).toBe('KEY-1');
    expect(t.eventTypes()).toEqual(['start', 'success']);
  });

  test('when the first question is answered after all, the second is aborted', async () => {
    using t = createTestSession();
    const gates = [createGate<AwsCredentialIdentity>(), createGate<AwsCredentialIdentity>()];
    t.source.behave = () => gates[t.source.calls - 1];
    const result = t.use();
    t.clock.set(t.clock.now() + 60_000);
    await t.clock.advanceAsync(20_000);
    gates[0]?.open(t.source.fresh());
    expect(await result).toBe('KEY-1');
    expect(t.source.requests[1]?.signal?.aborted).toBe(true);
    gates[1]?.open(t.source.fresh());
    await settle();
    expect(await t.use(), 'the answer to the later question is newer').toBe('KEY-2');
  });

  test('up to a second late is a slow machine, not a frozen one', async () => {
    using t = createTestSession();
    t.source.behave = () => new Promise(() => {});
    const result = t.use();
    t.clock.set(t.clock.now() + 1_000);
    await t.clock.advanceAsync(20_000);
    expect(await result).toBe('ERR_BSM_REFRESH_TIMEOUT');
    expect(t.source.calls).toBe(1);
  });
});

describe('late answers', () => {
  test('an answer after the deadline is used when nothing newer came', async () => {
    using t = createTestSession();
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const result = t.use();
    await t.clock.advanceAsync(20_000);
    expect(await result).toBe('ERR_BSM_REFRESH_TIMEOUT');
    gate.open(t.source.fresh());
    await settle();
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(1);
    expect(t.events.at(-1)).toMatchObject({ type: 'refresh.success', reason: 'initial', durationMs: 20_000 });
  });

  test('an older answer never replaces a newer one', async () => {
    using t = createTestSession();
    const gate = createGate<AwsCredentialIdentity>();
    const older = t.source.fresh();
    t.source.behave = () => gate;
    const result = t.use();
    await t.clock.advanceAsync(20_000);
    await result;
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-2');
    gate.open(older);
    await settle();
    expect(await t.use()).toBe('KEY-2');
  });

  test.each([
    ['a failure', () => Promise.reject(awsError('Throttling'))],
    ['junk', () => Promise.resolve(undefined)],
  ])('%s after the deadline changes nothing', async (_text, late) => {
    using t = createTestSession();
    const gate = createGate();
    t.source.behave = () => gate.then(late);
    const result = t.use();
    await t.clock.advanceAsync(20_000);
    await result;
    gate.open();
    await settle();
    expect(t.eventTypes()).toEqual(['start', 'failure']);
  });
});

describe('close and clearCache during a refresh', () => {
  test('close aborts the source, and callers get ERR_BSM_SESSION_CLOSED', async () => {
    using t = createTestSession();
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const waiting = [t.use(), t.use()];
    t.session.close();
    expect(await Promise.all(waiting)).toEqual(Array(2).fill('ERR_BSM_SESSION_CLOSED'));
    expect(t.source.requests[0]?.signal?.aborted).toBe(true);
    expect(t.clock.pendingTimers).toBe(0);
    gate.open(t.source.fresh());
    await settle();
    expect(t.credentials.current).toBeUndefined();
    expect(t.eventTypes()).toEqual(['start']);
    expect(await t.use()).toBe('ERR_BSM_SESSION_CLOSED');
  });

  test('a listener that closes the session when a refresh starts: the source is not asked', async () => {
    using t = createTestSession();
    t.session.subscribe(({ type }) => type === 'refresh.start' && t.session.close());
    expect(await t.use()).toBe('ERR_BSM_SESSION_CLOSED');
    expect(t.source.calls).toBe(0);
    expect(t.clock.pendingTimers).toBe(0);
  });

  test('clearCache: those who wait get the answer, which is not kept', async () => {
    using t = createTestSession();
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const waiting = t.use();
    t.session.clearCache();
    t.source.behave = () => Promise.resolve(t.source.fresh());
    const next = t.use();
    gate.open(makeCredentials('OLD', new Date(t.clock.now() + 3_600_000)));
    expect(await waiting).toBe('OLD');
    expect(await next).toBe('KEY-1');
    expect(await t.use()).toBe('KEY-1');
    expect(t.source.calls).toBe(2);
  });

  test('clearCache: the failure of what was under way concerns only those who wait', async () => {
    using t = createTestSession();
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const waiting = t.use();
    t.session.clearCache();
    t.source.behave = () => Promise.resolve(t.source.fresh());
    gate.fail(awsError('AccessDenied'));
    expect(await waiting).toBe('ERR_BSM_ACCESS_DENIED');
    expect(await t.use()).toBe('KEY-1');
  });
});

describe('a source that asks its own session', () => {
  test('cold: an error that says so, not a deadlock', async () => {
    using t = createTestSession();
    t.source.behave = () => t.credentials();
    expect(await Promise.all([t.use(), t.use()])).toEqual(Array(2).fill('ERR_BSM_REFRESH_REENTRANT'));
    expect(t.source.calls).toBe(1);
  });

  test('later, behind awaits and with force: still detected', async () => {
    using t = createTestSession();
    t.source.behave = async () => {
      await settle();
      return t.credentials({ forceRefresh: true });
    };
    expect(await t.use()).toBe('ERR_BSM_REFRESH_REENTRANT');
  });

  test('through a child session: still detected', async () => {
    using t = createTestSession();
    const child = t.session.derive({ credentials: () => t.credentials() });
    t.source.behave = () => child.credentials();
    expect(await t.use()).toBe('ERR_BSM_REFRESH_REENTRANT');
    await expect(child.credentials()).rejects.toHaveProperty('code', 'ERR_BSM_REFRESH_REENTRANT');
  });

  test('while the credentials in hand are valid they are served to it', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(59 * MINUTE + 1_000);
    const seen: string[] = [];
    t.source.behave = async () => {
      seen.push((await t.credentials()).accessKeyId);
      return t.source.fresh();
    };
    expect(await t.use()).toBe('KEY-2');
    expect(seen).toEqual(['KEY-1']);
  });

  test('the tracking ends with the refresh: a live one slows every await of the process', async () => {
    const ended = vi.spyOn(AsyncLocalStorage.prototype, 'disable');
    using t = createTestSession();
    await t.use();
    expect(ended).toHaveBeenCalledTimes(1);
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    await t.use({ forceRefresh: true });
    expect(ended).toHaveBeenCalledTimes(2);
    ended.mockRestore();
  });

  test('another caller meanwhile waits as usual', async () => {
    using t = createTestSession();
    const gate = createGate();
    t.source.behave = () => gate.then(() => t.source.fresh());
    const first = t.use();
    const second = t.use();
    gate.open();
    expect(await Promise.all([first, second])).toEqual(['KEY-1', 'KEY-1']);
  });
});
