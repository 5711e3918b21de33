import type { CacheView } from './cache.js';

/** What a session keeps: its clients, or its resources. */
export interface SessionStore<K> {
  readonly view: CacheView<K, unknown>;
  /** Returns the value, or makes and keeps it; when `create` itself keeps one for the key, that one counts. */
  getOrCreate(key: K, create: () => unknown): unknown;
  clear(): void;
}

/** How a session and those derived from it make their stores. */
export interface SessionStores {
  readonly clients: () => SessionStore<string>;
  readonly resources: () => SessionStore<string | symbol>;
}

/** Makes a store without a limit: the session of a bare set of credentials has no options. */
export function createUnlimitedStore<K>(): SessionStore<K> {
  const values = new Map<K, unknown>();
  let hits = 0;
  let misses = 0;
  return {
    view: {
      peek: (key) => values.get(key),
      evictions: 0,
      get size() {
        return values.size;
      },
      get hits() {
        return hits;
      },
      get misses() {
        return misses;
      },
    },
    getOrCreate(key, create) {
      if (values.has(key)) hits++;
      else {
        misses++;
        const value = create();
        if (!values.has(key)) values.set(key, value);
      }
      return values.get(key);
    },
    clear: () => values.clear(),
  };
}
