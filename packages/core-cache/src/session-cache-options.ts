import { isCacheSize } from './cache.js';
import { checkOptions, isFunction, isObject, isOneOf, type OptionCheck } from './check-options.js';
import { type Clock, LONGEST_TIMER_MS } from './clock.js';
import type { CacheLimits, Session } from './session.js';

/** Options of {@link createSessionCache}. */
export interface SessionCacheOptions<K = unknown, Made extends Session | Promise<Session> = Session>
  extends CacheLimits {
  /**
   * Makes the session of a key, or a promise of it, in calls that do not bring a function of their own. It is the cache that closes
   * it: make one for each key, such as the session of a role, and return none that others use. Default: each call brings one.
   */
  readonly create?: ((key: K) => Made) | undefined;
  /** Which session goes when there are too many: `lru`, the one not asked for longest; `lfu`, the one asked least. Default `lru`. */
  readonly policy?: 'lru' | 'lfu' | undefined;
  /** Sessions to keep. Those in use are not closed, so that for a while there may be more. Default unlimited; 0: only those in use. */
  readonly maxSize?: number | undefined;
  /** Milliseconds after its last use when a session is closed. Default 900_000; Infinity: never. */
  readonly idleMs?: number | undefined;
  /** What tells the time to `idleMs`. Default: the system's. */
  readonly clock?: Clock | undefined;
}

/** @throws BsmError `ERR_BSM_OPTION_INVALID`. */
export function checkSessionCacheOptions(options: unknown): void {
  checkOptions<SessionCacheOptions>('createSessionCache', options, {
    create: isFunction,
    policy: isOneOf('lru', 'lfu'),
    maxSize: isCacheSize,
    idleMs: isIdleTime,
    clock: isClock,
  });
}

const isIdleTime: OptionCheck = (value) =>
  value === Infinity || (typeof value === 'number' && value >= 1 && value <= LONGEST_TIMER_MS)
    ? undefined
    : `milliseconds from 1 to ${LONGEST_TIMER_MS}, or Infinity`;

const isClock: OptionCheck = (value, name) =>
  isObject(value, name) ?? (isFunction((value as Partial<Clock>).now, name) && 'an object with now()');
