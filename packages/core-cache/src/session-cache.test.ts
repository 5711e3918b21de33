import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { createVirtualClock, type VirtualClock } from '@bsm/testing';
import { describe, expect, test, vi } from 'vitest';
import { createSession } from './create-session.js';
import { caught } from './fixtures/caught.js';
import { gate } from './fixtures/gate.js';
import { answerNoBuckets, startS3Server } from './fixtures/s3-server.js';
import type { Session } from './session.js';
import { createSessionCache, type SessionCache } from './session-cache.js';
import type { SessionCacheOptions } from './session-cache-options.js';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
const MINUTE = 60_000;
const closed = { code: 'ERR_BSM_SESSION_CLOSED' };

const makeSession = (): Session => createSession({ credentials: keys, region: 'eu-west-1' });

interface Started<K> {
  readonly cache: SessionCache<K, Session>;
  readonly clock: VirtualClock;
  readonly made: Session[];
}

/** A cache on a clock of its own, with the sessions that it made. */
function start<K = string>(options: Partial<SessionCacheOptions<K>> = {}): Started<K> {
  const clock = createVirtualClock();
  const made: Session[] = [];
  const create = (): Session => {
    const session = makeSession();
    made.push(session);
    return session;
  };
  return { cache: createSessionCache<K>({ clock, ...options, create: options.create ?? create }), clock, made };
}

function isOpen(session: Session): boolean {
  try {
    session.withRegion('us-east-1');
    return true;
  } catch {
    return false;
  }
}

describe('get', () => {
  test('gives one session for equal keys, whatever the order of their parts', () => {
    const { cache, made } = start<object>();
    const session = cache.get({ accountId: '111122223333', role: 'app', region: undefined });
    expect(cache.get({ role: 'app', accountId: '111122223333' })).toBe(session);
    expect(cache.get({ role: 'app', accountId: '444455556666' })).not.toBe(session);
    expect(made).toHaveLength(2);
    expect([cache.size, cache.stats()]).toEqual([2, { hits: 1, misses: 2, evictions: 0 }]);
    cache.close();
  });

  test('hands the key to create', () => {
    const asked: number[] = [];
    using cache = createSessionCache({
      create: (key: number) => {
        asked.push(key);
        return makeSession();
      },
    });
    for (const key of [1, 2, 1]) cache.get(key);
    expect(asked).toEqual([1, 2]);
  });

  test('keeps nothing of what create throws', async () => {
    let fails = true;
    using cache = createSessionCache<string>({
      create() {
        if (fails) throw new RangeError('no such tenant');
        return makeSession();
      },
    });
    expect(await caught(() => cache.get('a'))).toBeInstanceOf(RangeError);
    expect([cache.size, cache.has('a')]).toEqual([0, false]);
    fails = false;
    expect(cache.get('a')).toBe(cache.get('a'));
  });

  test('makes a new one when somebody closed the session, or the one it came from', () => {
    const base = makeSession();
    let root = base;
    using cache = createSessionCache<string>({ create: () => root.derive({ credentials: keys }) });
    const first = cache.get('a');
    first.close();
    expect(cache.has('a')).toBe(false);
    const second = cache.get('a');
    expect(second).not.toBe(first);
    base.close();
    root = makeSession();
    expect(isOpen(cache.get('a'))).toBe(true);
  });

  test('a create that asks for its own key gives everyone the same, and what it makes beside is closed', () => {
    const made: Session[] = [];
    const { cache } = start({
      create(key) {
        if (made.length === 0) {
          made.push(makeSession());
          cache.get(key);
          return made[0]!;
        }
        made.push(makeSession());
        return made[1]!;
      },
    });
    expect(cache.get('a')).toBe(made[1]);
    expect(cache.get('a')).toBe(made[1]);
    expect(made.map(isOpen)).toEqual([false, true]);
    cache.close();
    expect(made.map(isOpen)).toEqual([false, false]);
  });
});

describe('a create that returns a promise', () => {
  test('is asked once for all who wait', async () => {
    const answer = gate();
    let calls = 0;
    using cache = createSessionCache({
      create: async (_key: string) => {
        calls++;
        await answer.passed;
        return makeSession();
      },
    });
    const waiting = [cache.get('a'), cache.get('a'), cache.withSession('a', (session) => session)];
    answer.open();
    const [first, ...others] = await Promise.all(waiting);
    for (const other of others) expect(other).toBe(first);
    expect(calls).toBe(1);
  });

  test('is asked again after a rejection, which all who waited hear of', async () => {
    let calls = 0;
    using cache = createSessionCache({
      create: async (_key: string) => {
        if (++calls === 1) throw new RangeError('no such tenant');
        return makeSession();
      },
    });
    const waiting = [cache.get('a'), cache.get('a')];
    for (const each of waiting) await expect(each).rejects.toBeInstanceOf(RangeError);
    expect(cache.has('a')).toBe(false);
    expect(isOpen(await cache.get('a'))).toBe(true);
  });

  test('that comes when the cache is closed is closed', async () => {
    const answer = gate();
    const cache = createSessionCache({
      create: async (_key: string) => {
        await answer.passed;
        return makeSession();
      },
    });
    const coming = cache.get('a');
    cache.close();
    answer.open();
    expect(isOpen(await coming)).toBe(false);
  });
});

describe('idle sessions', () => {
  test('are closed at the next use of the cache, and made again', () => {
    const clock = createVirtualClock();
    // Its timers are real, so that no timer fires here.
    const { cache, made } = start({ idleMs: 10 * MINUTE, clock: { now: clock.now } });
    cache.get('a');
    clock.advance(9 * MINUTE);
    cache.get('b');
    expect(made.map(isOpen)).toEqual([true, true]);
    clock.advance(2 * MINUTE);
    cache.get('b');
    expect(made.map(isOpen)).toEqual([false, true]);
    expect(cache.get('a')).toBe(made[2]);
    expect(cache.size).toBe(2);
    cache.close();
  });

  test('are closed by a timer when nobody asks, after 15 minutes by default', () => {
    const { cache, clock, made } = start();
    cache.get('a');
    clock.advance(14 * MINUTE);
    expect(made.map(isOpen)).toEqual([true]);
    clock.advance(MINUTE);
    expect([made.map(isOpen), cache.size, clock.pendingTimers]).toEqual([[false], 0, 0]);
    cache.close();
  });

  test('do not exist with Infinity, which needs no timer', () => {
    const { cache, clock, made } = start({ idleMs: Infinity });
    cache.get('a');
    clock.advance(1e12);
    expect([made.map(isOpen), clock.pendingTimers]).toEqual([[true], 0]);
    cache.close();
  });

  test('are not those whose clients work, in any region', async () => {
    await using server = await startS3Server();
    const { cache, clock, made } = start({
      idleMs: 10 * MINUTE,
      create: () => {
        const session = createSession({
          credentials: keys,
          region: 'eu-west-1',
          clientDefaults: { endpoint: server.endpoint },
        });
        made.push(session);
        return session;
      },
    });
    const s3 = cache.get('a').withRegion('us-east-1').client(S3Client);
    for (let count = 0; count < 3; count++) {
      clock.advance(6 * MINUTE);
      await s3.send(new ListBucketsCommand({}));
    }
    clock.advance(6 * MINUTE);
    expect(made.map(isOpen)).toEqual([true]);
    clock.advance(20 * MINUTE);
    expect(made.map(isOpen)).toEqual([false]);
    cache.close();
  });

  test.each<[name: string, options: { child: boolean; generations: number }]>([
    ['a root', { child: false, generations: 0 }],
    ['a child', { child: true, generations: 0 }],
    ['a grandchild of a root', { child: false, generations: 2 }],
    ['a grandchild of a child', { child: true, generations: 2 }],
  ])('are not those with a request under way (%s)', async (_name, { child, generations }) => {
    const answer = gate();
    await using server = await startS3Server(async (response) => {
      await answer.passed;
      answerNoBuckets(response);
    });
    using base = createSession({
      credentials: keys,
      region: 'eu-west-1',
      clientDefaults: { endpoint: server.endpoint },
    });
    const { cache, clock } = start({
      idleMs: MINUTE,
      create: () =>
        child
          ? base.derive({ credentials: keys })
          : createSession({ credentials: keys, region: 'eu-west-1', clientDefaults: { endpoint: server.endpoint } }),
    });
    const session = cache.get('a');
    let worker = session;
    for (let count = 0; count < generations; count++)
      worker = worker.withRegion('eu-west-2').derive({ credentials: keys });
    const underWay = worker.client(S3Client).send(new ListBucketsCommand({}));
    await server.arrived(1);
    clock.advance(60 * MINUTE);
    expect(isOpen(session)).toBe(true);
    expect(cache.delete('a')).toBe(true);
    expect(isOpen(session)).toBe(true);
    answer.open();
    await underWay;
    // The connection is free a moment after its response was read.
    await vi.waitFor(() => {
      clock.advance(MINUTE);
      expect(isOpen(session)).toBe(false);
    });
    cache.close();
  });

  test('are not those that withSession holds', async () => {
    const { cache, clock, made } = start({ idleMs: MINUTE });
    const work = gate();
    const running = cache.withSession('a', async (session) => {
      await work.passed;
      return isOpen(session);
    });
    clock.advance(60 * MINUTE);
    cache.delete('a');
    clock.advance(60 * MINUTE);
    work.open();
    expect(await running).toBe(true);
    clock.advance(MINUTE);
    expect(made.map(isOpen)).toEqual([false]);
    cache.close();
  });
});

describe('maxSize', () => {
  test('lru: who was not asked for longest makes room, and is closed a minute after its last use', () => {
    const { cache, clock, made } = start({ maxSize: 2 });
    for (const key of ['a', 'b', 'a', 'c']) cache.get(key);
    expect([cache.size, cache.stats().evictions]).toEqual([2, 1]);
    expect(made.map(isOpen)).toEqual([true, true, true]);
    clock.advance(MINUTE);
    expect(made.map(isOpen)).toEqual([true, false, true]);
    cache.close();
  });

  test('lfu: who was asked least makes room', () => {
    const { cache, clock, made } = start({ maxSize: 2, policy: 'lfu' });
    for (const key of ['a', 'a', 'b', 'c']) cache.get(key);
    clock.advance(MINUTE);
    expect(made.map(isOpen)).toEqual([true, false, true]);
    cache.close();
  });

  test('who made room and is asked for again comes back: a key never has two sessions', () => {
    const { cache, made } = start({ maxSize: 1 });
    const first = cache.get('a');
    cache.get('b');
    expect(cache.has('a')).toBe(true);
    expect(cache.get('a')).toBe(first);
    expect([made.length, cache.size]).toEqual([2, 1]);
    cache.close();
  });

  test('0 keeps a session only while it is in use', () => {
    const { cache, clock, made } = start({ maxSize: 0 });
    expect(cache.get('a')).toBe(cache.get('a'));
    expect(cache.size).toBe(0);
    clock.advance(MINUTE);
    expect(made.map(isOpen)).toEqual([false]);
    expect(cache.get('a')).not.toBe(made[0]);
    cache.close();
  });

  test('stays within a short idleMs', () => {
    const { cache, clock, made } = start({ maxSize: 1, idleMs: 1_000 });
    for (const key of ['a', 'b']) cache.get(key);
    clock.advance(1_000);
    expect(made.map(isOpen)).toEqual([false, false]);
    cache.close();
  });
});

describe('delete, clear and close', () => {
  test('delete closes the session at once when nothing is under way', () => {
    const { cache, made } = start();
    cache.get('a');
    cache.get('b');
    expect([cache.delete('a'), cache.delete('a'), cache.delete('never')]).toEqual([true, false, false]);
    expect(made.map(isOpen)).toEqual([false, true]);
    expect(cache.get('a')).not.toBe(made[0]);
    cache.close();
  });

  test('clear closes all', () => {
    const { cache, made } = start({ maxSize: 1 });
    for (const key of ['a', 'b']) cache.get(key);
    cache.clear();
    expect([made.map(isOpen), cache.size, cache.has('a')]).toEqual([[false, false], 0, false]);
    expect(isOpen(cache.get('a'))).toBe(true);
    cache.close();
  });

  test('close closes all, stops the timer and refuses later use; a scope does that at its end', async () => {
    const { cache, clock, made } = start();
    {
      using scoped = cache;
      scoped.get('a');
      void scoped.withSession('b', () => new Promise(() => {}));
    }
    expect([made.map(isOpen), clock.pendingTimers, cache.size]).toEqual([[false, false], 0, 0]);
    cache.close();
    expect(await caught(() => cache.get('a'))).toMatchObject(closed);
    expect(await caught(() => cache.withSession('a', () => 1))).toMatchObject(closed);
    expect([cache.has('a'), cache.delete('a')]).toEqual([false, false]);
    expect(() => cache.clear()).not.toThrow();
  });
});

describe('withSession', () => {
  test('gives what the function gives, or its error', async () => {
    const { cache, made } = start();
    expect(await cache.withSession('a', (session) => session === made[0])).toBe(true);
    expect(await caught(() => cache.withSession('a', () => Promise.reject(new RangeError('mine'))))).toBeInstanceOf(
      RangeError,
    );
    cache.close();
  });
});

test('a timer of the system does not keep the process alive', () => {
  const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  using cache = createSessionCache({ create: (_key: string) => makeSession() });
  cache.get('a');
  expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')).toHaveLength(before);
});

// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is to pass what the types refuse.
const wrong = (value: unknown): any => value;

test.each<[option: string, options: unknown]>([
  ['options', null],
  ['options', []],
  ['create', { create: null }],
  ['create', { create: makeSession() }],
  ['maxSize', { create: makeSession, maxSize: -1 }],
  ['maxSize', { create: makeSession, maxSize: '2' }],
  ['policy', { create: makeSession, policy: 'fifo' }],
  ['idleMs', { create: makeSession, idleMs: 0 }],
  ['idleMs', { create: makeSession, idleMs: 2 ** 31 }],
  ['idleMs', { create: makeSession, idleMs: Number.NaN }],
  ['clock', { create: makeSession, clock: {} }],
  ['clock', { create: makeSession, clock: Date.now }],
  ['ttl', { create: makeSession, ttl: 1 }],
])('refuses a wrong "%s" (%#)', async (option, options) => {
  const error = await caught(() => createSessionCache(wrong(options)));
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
});

test.each([undefined, null, {}, keys, () => keys])('refuses a create that makes no session (%#)', async (made) => {
  using sync = createSessionCache<string>({ create: () => wrong(made) });
  using later = createSessionCache<string, Promise<Session>>({ create: async () => wrong(made) });
  using own = createSessionCache<string>();
  const refused = { code: 'ERR_BSM_OPTION_INVALID', details: { option: 'create' } };
  expect(await caught(() => sync.get('a'))).toMatchObject(refused);
  expect(await caught(() => later.get('a'))).toMatchObject(refused);
  expect(await caught(() => own.get('a', () => wrong(made)))).toMatchObject(refused);
  expect(await caught(() => own.get('b', async () => wrong(made)))).toMatchObject(refused);
  expect([sync.has('a'), later.has('a'), own.has('a'), own.has('b')]).toEqual([false, false, false, false]);
});

test('withSession refuses what is no function, and holds nothing', async () => {
  const { cache, made } = start();
  const error = await caught(() => cache.withSession('a', wrong('fn')));
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'fn' } });
  expect(made).toEqual([]);
  cache.close();
});
