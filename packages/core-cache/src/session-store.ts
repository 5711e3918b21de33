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
  const view = { hits: 0, misses: 0, evictions: 0, size: 0, peek: (key: K): unknown => values.get(key) };
  return {
    view,
    getOrCreate(key, create) {
      if (values.has(key)) view.hits++;
      else {
        view.misses++;
        const value = create();
        if (!values.has(key)) values.set(key, value);
        view.size = values.size;
      }
      return values.get(key);
    },
    clear() {
      values.clear();
      view.size = 0;
    },
  };
}
