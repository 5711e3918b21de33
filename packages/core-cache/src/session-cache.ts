import { type CacheStats, createCache } from './cache.js';
import { type CachedSession, holdSession } from './cached-session.js';
import { assertOption, isFunction, optionInvalid } from './check-options.js';
import { createTimekeeper } from './clock.js';
import { createIdleWatch } from './idle-watch.js';
import { sessionClosed } from './lifetime.js';
import type { Session } from './session.js';
import { checkSessionCacheOptions, type SessionCacheOptions } from './session-cache-options.js';
import { stableKey } from './stable-key.js';

/**
 * Sessions by account, tenant, or whatever tells them apart.
 *
 * `Made` is what the cache itself makes by `options.create`. Without that option each call says how a session is made.
 */
export interface SessionCache<K = unknown, Made extends Session | Promise<Session> = never> {
  /**
   * Returns the session of the key, making it when there is none. Equal keys, compared as by `stableKey`, share one session.
   *
   * It is made by the function in the call, else by `options.create`, and belongs to the cache, which closes it. When two calls bring
   * different functions the first one counts: who asks for a session that is there, or on its way, gets that one, a promise when the
   * first function gave one. So use one function, or functions of one kind, for a key.
   *
   * Ask for it at the beginning of each piece of work instead of keeping it: what a cache gave counts as in use for `idleMs`, for
   * at most a minute once it had to make room for another.
   *
   * @throws what `create` throws, which is not kept, nor is a promise of it that rejects; `ERR_BSM_SESSION_CLOSED`;
   * `ERR_BSM_OPTION_INVALID` when there is no function that makes it, or what it makes is no session.
   *
   * @example
   * ```ts
   * const session = cache.get(accountId, () => assumeRole(base, { roleArn }));
   * ```
   */
  readonly get: [Made] extends [never]
    ? <Key extends K, Own extends Session | Promise<Session>>(key: Key, create: (key: Key) => Own) => Own
    : (key: K, create?: (key: K) => Made) => Made;
  /**
   * Calls `fn` with the session of the key, found or made as by {@link get}, and holds it open until `fn` is done, however long that
   * takes and whatever it does with the session.
   */
  readonly withSession: [Made] extends [never]
    ? <T, Key extends K, Own extends Session | Promise<Session>>(
        key: Key,
        fn: (session: Awaited<Own>) => T | Promise<T>,
        create: (key: Key) => Own,
      ) => Promise<T>
    : <T>(key: K, fn: (session: Awaited<Made>) => T | Promise<T>, create?: (key: K) => Made) => Promise<T>;
  /** Tells whether {@link get} would find a session. Does not count as a use. */
  has(key: K): boolean;
  /** Forgets the session of the key and closes it as soon as nothing of it is under way. False when there was none. */
  delete(key: K): boolean;
  /** Does that with all sessions. */
  clear(): void;
  /** Closes all sessions, whatever is under way, and refuses later use. Idempotent. */
  close(): void;
  [Symbol.dispose](): void;
  /** Sessions that are kept, without those that only wait for their end. */
  readonly size: number;
  /** Evictions are those for `maxSize`. */
  stats(): CacheStats;
}

const DEFAULT_IDLE_MS = 900_000;

/** How long a session that made room for another counts as in use after it was asked for. */
const GRACE_MS = 60_000;

/** Sessions that end within this time of each other are closed at once. */
const CLOSE_TOGETHER_MS = 1_000;

/**
 * Makes a cache of sessions, for a server that works in many accounts or for many tenants: each is signed in once, however many ask.
 *
 * A session is closed when it was not used for `idleMs`, or when it had to make room. A use is a call of `get`, a request of one of
 * its clients or those of sessions derived from it, in any region, or a refresh of its credentials that somebody asked for. While a
 * request, such a refresh or a `withSession` is under way nothing is closed, and a session that made room and is asked for again
 * meanwhile comes back, so that a key never has two of them. Idle ones are looked for at each use and by a timer that does not keep the process alive.
 *
 * Not seen are requests of clients that you made from `session.clientConfig`, and of whoever was handed the credentials. Hold it with
 * `withSession` while those work.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * const tenants = createSessionCache({ maxSize: 500 });
 * const session = tenants.get('123456789012', (accountId) =>
 *   assumeRole(base, { roleArn: roleArn({ accountId, roleName: 'app' }) }),
 * );
 * await session.client(S3Client).send(new ListBucketsCommand({}));
 * ```
 */
export function createSessionCache<K, Made extends Session | Promise<Session> = Session>(
  options: SessionCacheOptions<K, Made> & { readonly create: (key: K) => Made },
): SessionCache<K, Made>;
export function createSessionCache<K = unknown>(
  options?: SessionCacheOptions<K, Session | Promise<Session>>,
): SessionCache<K>;
export function createSessionCache(options: SessionCacheOptions<unknown, Session | Promise<Session>> = {}): unknown {
  checkSessionCacheOptions(options);
  const { create: commonCreate, policy, maxSize, idleMs = DEFAULT_IDLE_MS } = options;
  const time = createTimekeeper(options.clock);
  // All that are not closed yet.
  const places = new Map<CachedSession, Place>();
  // Those that are found: the ones that are kept, and the ones that made room and are still in use.
  const byId = new Map<string, CachedSession>();
  const kept = createCache<string, CachedSession>({
    policy,
    maxSize,
    onEvict: (id, entry) => put(entry, id, Math.min(idleMs, GRACE_MS)),
  });
  const watch = createIdleWatch(time, closeIdle);
  let isClosed = false;

  function put(entry: CachedSession, id: string, limitMs: number): void {
    places.set(entry, { id, limitMs });
    watch.lookWithin(limitMs);
  }

  /** Closes what is out of use; returns after how long to look again. */
  function closeIdle(): number {
    let next = Infinity;
    for (const [entry, { limitMs }] of places) {
      const remainingMs = entry.remainingMs(limitMs);
      if (remainingMs > 0) next = Math.min(next, remainingMs);
      else end(entry);
    }
    // Not once for each of many.
    return Math.max(next, Math.min(idleMs, CLOSE_TOGETHER_MS));
  }

  function end(entry: CachedSession): void {
    forget(entry);
    places.delete(entry);
    entry.close();
  }

  /** Lets nobody find the session any more. */
  function forget(entry: CachedSession): boolean {
    const id = places.get(entry)?.id;
    if (id === undefined || byId.get(id) !== entry) return false;
    kept.delete(id);
    return byId.delete(id);
  }

  /** Returns the session that is found by the id, unless somebody closed it. */
  function living(id: string): CachedSession | undefined {
    watch.lookIfDue();
    const entry = byId.get(id);
    if (!entry?.isDead()) return entry;
    end(entry);
    return undefined;
  }

  function make(id: string, created: unknown, subject: string): CachedSession {
    const entry: CachedSession = holdSession({ created, subject, time, onFailure: () => end(entry) });
    const made = byId.get(id);
    if (made) {
      // Made by create itself, which asked for its own key.
      entry.close();
      return made;
    }
    byId.set(id, entry);
    return entry;
  }

  function find(subject: string, key: unknown, create: unknown = commonCreate): CachedSession {
    if (typeof create !== 'function')
      throw optionInvalid(subject, 'create', 'a function, in the call or among the options of the cache');
    if (isClosed) throw sessionClosed();
    const id = stableKey(key);
    living(id);
    const entry = kept.getOrCreate(id, () => byId.get(id) ?? make(id, create(key), subject));
    entry.touch();
    put(entry, id, kept.has(id) ? idleMs : Math.min(idleMs, GRACE_MS));
    return entry;
  }

  function retire(entry: CachedSession): void {
    const id = places.get(entry)?.id;
    forget(entry);
    if (id !== undefined) put(entry, id, 0);
  }

  const cache: SessionCache<unknown, Session | Promise<Session>> = {
    get: (key, create) => find('sessionCache.get', key, create).made,
    async withSession(key, fn, create) {
      const subject = 'sessionCache.withSession';
      assertOption(subject, 'fn', fn, isFunction);
      const entry = find(subject, key, create);
      const letGo = entry.hold();
      try {
        return await fn(await entry.made);
      } finally {
        letGo();
      }
    },
    has: (key) => living(stableKey(key)) !== undefined,
    delete(key) {
      const entry = living(stableKey(key));
      if (entry) retire(entry);
      closeIdle();
      return entry !== undefined;
    },
    clear() {
      for (const entry of byId.values()) retire(entry);
      closeIdle();
    },
    close() {
      isClosed = true;
      for (const entry of places.keys()) end(entry);
      watch.stop();
    },
    [Symbol.dispose]() {
      cache.close();
    },
    get size() {
      return kept.size;
    },
    stats: () => kept.stats(),
  };
  return cache;
}

/** Where a session is found, and how long after its last use it counts as in use. */
interface Place {
  readonly id: string;
  readonly limitMs: number;
}
