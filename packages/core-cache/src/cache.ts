import { checkOptions, isFunction, isOneOf, type OptionCheck } from './check-options.js';

/** What a cache did so far. */
export interface CacheStats {
  readonly hits: number;
  readonly misses: number;
  readonly evictions: number;
}

/** A look at a cache that changes nothing in it. */
export interface CacheView<K, V> extends CacheStats {
  readonly size: number;
  /** Returns the value without counting as a use. */
  peek(key: K): V | undefined;
}

/** A bounded map that decides which entry goes. */
export interface Cache<K, V> {
  /** Returns the value and counts as a use. */
  get(key: K): V | undefined;
  /** Returns the value without counting as a use. */
  peek(key: K): V | undefined;
  /** Sets the value, evicting another when the cache is full. An existing key is replaced. */
  set(key: K, value: V): void;
  has(key: K): boolean;
  delete(key: K): boolean;
  clear(): void;
  /**
   * Returns the value, or makes and keeps it. What `create` throws is thrown and nothing is kept; when it puts a value here for the
   * key itself, that one counts.
   */
  getOrCreate(key: K, create: () => V): V;
  readonly size: number;
  stats(): CacheStats;
}

/** Options of {@link createCache}. */
export interface CacheOptions<K, V> {
  /** `lru`: the entry that was not used for longest goes. `lfu`: the one used least, with ageing. Default `lru`. */
  readonly policy?: 'lru' | 'lfu' | undefined;
  /** Default unlimited; 0 keeps nothing. */
  readonly maxSize?: number | undefined;
  /** Called for each entry that is evicted, not for those deleted or cleared. Nothing is closed. */
  readonly onEvict?: ((key: K, value: V) => void) | undefined;
}

interface Entry<V> {
  value: V;
  uses: number;
}

// After this many uses and new entries per entry all counts are halved, so that old favourites do not block new ones for ever.
const USES_PER_ENTRY_BEFORE_AGEING = 16;

/**
 * Makes a cache with a limit on the number of entries.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for a negative or fractional `maxSize` or an unknown policy.
 *
 * @example
 * ```ts
 * const clients = createCache<string, S3Client>({ maxSize: 100 });
 * const client = clients.getOrCreate(region, () => new S3Client({ region }));
 * ```
 */
export function createCache<K, V>(options: CacheOptions<K, V> = {}): Cache<K, V> {
  checkOptions<CacheOptions<K, V>>('createCache', options, {
    policy: isOneOf('lru', 'lfu'),
    maxSize: isCacheSize,
    onEvict: isFunction,
  });
  const { policy = 'lru', maxSize = Infinity, onEvict } = options;
  // In order of use, the most recent last.
  const entries = new Map<K, Entry<V>>();
  let hits = 0;
  let misses = 0;
  let evictions = 0;
  let usesSinceAgeing = 0;

  function touch(key: K, entry: Entry<V>): void {
    entry.uses++;
    entries.delete(key);
    entries.set(key, entry);
    age();
  }

  function age(): void {
    if (policy === 'lru' || ++usesSinceAgeing < USES_PER_ENTRY_BEFORE_AGEING * entries.size) return;
    usesSinceAgeing = 0;
    for (const entry of entries.values()) entry.uses /= 2;
  }

  function evictOne(): [K, Entry<V>] {
    const evicted = policy === 'lfu' ? leastUsed(entries) : (entries.entries().next().value as [K, Entry<V>]);
    entries.delete(evicted[0]);
    evictions++;
    return evicted;
  }

  function get(key: K): V | undefined {
    const entry = entries.get(key);
    if (!entry) {
      misses++;
      return undefined;
    }
    hits++;
    touch(key, entry);
    return entry.value;
  }

  function set(key: K, value: V): void {
    const entry = entries.get(key);
    if (entry) {
      entry.value = value;
      touch(key, entry);
    } else if (maxSize > 0) {
      // New ones that are never hit age the old ones too.
      age();
      const evicted = entries.size >= maxSize ? evictOne() : undefined;
      entries.set(key, { value, uses: 1 });
      // At last, when all is in place: it may throw, and it may use this cache.
      if (evicted) onEvict?.(evicted[0], evicted[1].value);
    }
  }

  return {
    get,
    set,
    peek: (key) => entries.get(key)?.value,
    has: (key) => entries.has(key),
    delete: (key) => entries.delete(key),
    clear() {
      entries.clear();
      usesSinceAgeing = 0;
    },
    getOrCreate(key, create) {
      const entry = entries.get(key);
      if (entry) return get(key) as V;
      misses++;
      const value = create();
      // What create itself put here for the key is kept: everyone gets the same.
      const own = entries.get(key);
      if (own) return own.value;
      set(key, value);
      return value;
    },
    get size() {
      return entries.size;
    },
    stats: () => ({ hits, misses, evictions }),
  };
}

/** Accepts a number of entries: whole, from 0 up, or Infinity. */
export const isCacheSize: OptionCheck = (value) =>
  value === Infinity || (Number.isInteger(value) && (value as number) >= 0)
    ? undefined
    : 'a whole number from 0 up, or Infinity';

/** Shows a cache without letting anybody change it. */
export function viewCache<K, V>(cache: Cache<K, V>): CacheView<K, V> {
  return {
    peek: (key) => cache.peek(key),
    get size() {
      return cache.size;
    },
    get hits() {
      return cache.stats().hits;
    },
    get misses() {
      return cache.stats().misses;
    },
    get evictions() {
      return cache.stats().evictions;
    },
  };
}

/** The entry used least; among equals the one not used for longest. */
function leastUsed<K, V>(entries: Map<K, Entry<V>>): [K, Entry<V>] {
  let victim: [K, Entry<V>] | undefined;
  for (const candidate of entries) if (!victim || candidate[1].uses < victim[1].uses) victim = candidate;
  return victim!;
}
