import { type CacheStats, createCache } from './cache.js';
import { type CachedSession, holdSession } from './cached-session.js';
import { assertOption, isFunction } from './check-options.js';
import { createTimekeeper } from './clock.js';
import { createIdleWatch } from './idle-watch.js';
import { sessionClosed } from './lifetime.js';
import type { Session } from './session.js';
import { checkSessionCacheOptions, type SessionCacheOptions } from './session-cache-options.js';
import { stableKey } from './stable-key.js';

/** Sessions by account, tenant, or whatever tells them apart. */
export interface SessionCache<K, Made extends Session | Promise<Session> = Session> {
  /**
   * Returns the session of the key, making it when there is none. Equal keys, compared as by `stableKey`, share one session.
   *
   * Ask for it at the beginning of each piece of work instead of keeping it: what a cache gave counts as in use for `idleMs`, for
   * at most a minute once it had to make room for another.
   *
   * @throws what `create` throws, which is not kept, nor is a promise of it that rejects; `ERR_BSM_SESSION_CLOSED`.
   */
  get(key: K): Made;
  /** Calls `fn` with the session of the key, and holds it open until `fn` is done, however long that takes. */
  withSession<T>(key: K, fn: (session: Awaited<Made>) => T | Promise<T>): Promise<T>;
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
 * A session is closed when it was not used for `idleMs`, or when it had to make room. A use is a call of `get` or a request of one
 * of its clients, in any region; requests of clients that you made yourself from `session.clientConfig` are not seen. While a request
 * or a `withSession` is under way nothing is closed, and a session that made room and is asked for again meanwhile comes back, so
 * that a key never has two of them. Idle ones are looked for at each use and by a timer that does not keep the process alive.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * const tenants = createSessionCache({
 *   create: (accountId: string) => assumeRole(base, { roleArn: roleArn({ accountId, roleName: 'app' }) }),
 *   maxSize: 500,
 * });
 * await tenants.get('123456789012').client(S3Client).send(new ListBucketsCommand({}));
 * ```
 */
export function createSessionCache<K, Made extends Session | Promise<Session> = Session>(
  options: SessionCacheOptions<K, Made>,
): SessionCache<K, Made> {
  checkSessionCacheOptions(options);
  const { create, policy, maxSize, idleMs = DEFAULT_IDLE_MS } = options;
  const time = createTimekeeper(options.clock);
  // All that are not closed yet.
  const places = new Map<CachedSession<Made>, Place>();
  // Those that are found: the ones that are kept, and the ones that made room and are still in use.
  const byId = new Map<string, CachedSession<Made>>();
  const kept = createCache<string, CachedSession<Made>>({
    policy,
    maxSize,
    onEvict: (id, entry) => put(entry, id, Math.min(idleMs, GRACE_MS)),
  });
  const watch = createIdleWatch(time, closeIdle);
  let isClosed = false;

  function put(entry: CachedSession<Made>, id: string, limitMs: number): void {
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

  function end(entry: CachedSession<Made>): void {
    forget(entry);
    places.delete(entry);
    entry.close();
  }

  /** Lets nobody find the session any more. */
  function forget(entry: CachedSession<Made>): boolean {
    const id = places.get(entry)?.id;
    if (id === undefined || byId.get(id) !== entry) return false;
    kept.delete(id);
    return byId.delete(id);
  }

  /** Returns the session that is found by the id, unless somebody closed it. */
  function living(id: string): CachedSession<Made> | undefined {
    watch.lookIfDue();
    const entry = byId.get(id);
    if (!entry?.isDead()) return entry;
    end(entry);
    return undefined;
  }

  function make(key: K, id: string): CachedSession<Made> {
    const entry: CachedSession<Made> = holdSession(create(key), time, () => end(entry));
    const made = byId.get(id);
    if (made) {
      // Made by create itself, which asked for its own key.
      entry.close();
      return made;
    }
    byId.set(id, entry);
    return entry;
  }

  function find(key: K): CachedSession<Made> {
    if (isClosed) throw sessionClosed();
    const id = stableKey(key);
    living(id);
    const entry = kept.getOrCreate(id, () => byId.get(id) ?? make(key, id));
    entry.touch();
    put(entry, id, kept.has(id) ? idleMs : Math.min(idleMs, GRACE_MS));
    return entry;
  }

  function retire(entry: CachedSession<Made>): void {
    const id = places.get(entry)?.id;
    forget(entry);
    if (id !== undefined) put(entry, id, 0);
  }

  const cache: SessionCache<K, Made> = {
    get: (key) => find(key).made,
    async withSession(key, fn) {
      assertOption('sessionCache.withSession', 'fn', fn, isFunction);
      const entry = find(key);
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
