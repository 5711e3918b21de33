import { createVirtualClock } from '@bsm/testing';
import { describe, expect, test, vi } from 'vitest';
import { createSession } from './create-session.js';
import { caught } from './fixtures/caught.js';
import { gate } from './fixtures/gate.js';
import type { Session } from './session.js';
import { createSessionCache } from './session-cache.js';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
const MINUTE = 60_000;
const closed = { code: 'ERR_BSM_SESSION_CLOSED' };

const makeSession = (): Session => createSession({ credentials: keys, region: 'eu-west-1' });

/** Keys that were given as they are can be had until the session is closed. */
const isOpen = (session: Session): boolean => session.credentials.current !== undefined;

describe('a create that comes with the call', () => {
  test('needs no options: equal keys share the session that the first call made', () => {
    using cache = createSessionCache();
    const create = vi.fn(makeSession);
    const session = cache.get({ tenant: 'a', role: undefined }, create);
    expect(cache.get({ tenant: 'a' }, create)).toBe(session);
    expect(cache.get({ tenant: 'b' }, create)).not.toBe(session);
    expect(create.mock.calls).toEqual([[{ tenant: 'a', role: undefined }], [{ tenant: 'b' }]]);
    expect([cache.size, cache.stats()]).toEqual([2, { hits: 1, misses: 2, evictions: 0 }]);
  });

  test('wins over that of the options, unless the session is there', () => {
    const create = vi.fn((_key: string) => makeSession());
    const cache = createSessionCache({ create });
    const own = makeSession();
    expect(cache.get('a', () => own)).toBe(own);
    expect(cache.get('a')).toBe(own);
    expect(create).not.toHaveBeenCalled();
    const common = cache.get('b', undefined);
    expect(cache.get('b', makeSession)).toBe(common);
    expect(create.mock.calls).toEqual([['b']]);
    cache.close();
    expect([own, common].map(isOpen)).toEqual([false, false]);
  });

  test('is not kept when it fails, and the next call may bring another', async () => {
    using cache = createSessionCache<string>();
    const fails = (): Session => {
      throw new RangeError('no such tenant');
    };
    const rejects = async (): Promise<Session> => fails();
    expect(await caught(() => cache.get('a', fails))).toBeInstanceOf(RangeError);
    expect(await caught(() => cache.get('a', rejects))).toBeInstanceOf(RangeError);
    expect([cache.size, cache.has('a')]).toEqual([0, false]);
    const session = cache.get('a', makeSession);
    expect(cache.get('a', fails)).toBe(session);
  });

  test('races with another one: the first wins, its session and its failure', async () => {
    using cache = createSessionCache<string>();
    const answer = gate();
    const [first, second] = [makeSession(), makeSession()];
    const giveSecond = vi.fn(async () => second);
    const waiting = [
      cache.get('a', () => answer.passed.then(() => first)),
      cache.get('a', giveSecond),
      cache.withSession('a', (session) => session, giveSecond),
    ];
    const failing = [
      cache.get('b', () => answer.passed.then(() => Promise.reject(new RangeError('first')))),
      cache.get('b', giveSecond),
    ].map((each) => caught(() => each));
    answer.open();
    expect(await Promise.all(waiting)).toEqual([first, first, first]);
    for (const error of await Promise.all(failing)) expect(error).toMatchObject({ message: 'first' });
    expect(giveSecond).not.toHaveBeenCalled();
    expect(await cache.get('b', giveSecond)).toBe(second);
  });

  test('may ask for its own key with another one: everyone gets what that made', () => {
    using cache = createSessionCache<string>();
    const [outer, inner] = [makeSession(), makeSession()];
    const session = cache.get('a', (key) => {
      cache.get(key, () => inner);
      return outer;
    });
    expect(session).toBe(inner);
    expect([outer, inner].map(isOpen)).toEqual([false, true]);
  });

  test('is not asked for a session that made room and comes back', () => {
    const clock = createVirtualClock();
    using cache = createSessionCache<string>({ maxSize: 1, clock });
    const first = cache.get('a', makeSession);
    const second = cache.get('b', makeSession);
    expect(cache.get('a', makeSession)).toBe(first);
    clock.advance(MINUTE);
    expect([first, second].map(isOpen)).toEqual([true, false]);
  });

  test('makes a new one when somebody closed the session', () => {
    using cache = createSessionCache<string>();
    cache.get('a', makeSession).close();
    expect(isOpen(cache.get('a', makeSession))).toBe(true);
  });

  test('withSession hands the key on, and holds what is made until the function is done', async () => {
    const clock = createVirtualClock();
    using cache = createSessionCache<string>({ idleMs: MINUTE, clock });
    const create = vi.fn((_key: string) => makeSession());
    const isOpenAfterAll = cache.withSession(
      'a',
      async (session) => {
        cache.delete('a');
        clock.advance(60 * MINUTE);
        return isOpen(session);
      },
      create,
    );
    expect(await isOpenAfterAll).toBe(true);
    expect(create.mock.calls).toEqual([['a']]);
    clock.advance(MINUTE);
    expect(isOpen(create.mock.results[0]?.value as Session)).toBe(false);
  });

  test('is refused by a closed cache', async () => {
    const cache = createSessionCache();
    cache.close();
    expect(await caught(() => cache.get('a', makeSession))).toMatchObject(closed);
    expect(await caught(() => cache.withSession('a', isOpen, makeSession))).toMatchObject(closed);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is to pass what the types refuse.
const wrong = (value: unknown): any => value;

describe('a call without a function that makes the session', () => {
  const refused = { code: 'ERR_BSM_OPTION_INVALID', details: { option: 'create' } };
  const work = (): boolean => true;

  test.each<[name: string, call: (cache: ReturnType<typeof wrong>) => unknown]>([
    ['get(key)', (cache) => cache.get('new')],
    ['get(key) of a key that is there', (cache) => cache.get('a')],
    ['get(key, null)', (cache) => cache.get('new', null)],
    ['get(key, a session)', (cache) => cache.get('new', makeSession())],
    ['withSession(key, fn)', (cache) => cache.withSession('new', work)],
    ['withSession(key, fn, null)', (cache) => cache.withSession('new', work, null)],
    ['withSession(key, fn, {})', (cache) => cache.withSession('new', work, {})],
  ])('is refused: %s', async (_name, call) => {
    using cache = createSessionCache();
    cache.get('a', makeSession);
    expect(await caught(() => call(cache))).toMatchObject(refused);
    expect([cache.size, cache.has('new')]).toEqual([1, false]);
  });

  test('is refused when there is one, but the call brings another thing', async () => {
    using cache = createSessionCache({ create: (_key: string) => makeSession() });
    for (const create of [null, 'create', {}]) {
      expect(await caught(() => cache.get('a', wrong(create)))).toMatchObject(refused);
      expect(await caught(() => cache.withSession('a', work, wrong(create)))).toMatchObject(refused);
    }
    expect(cache.size).toBe(0);
  });
});
