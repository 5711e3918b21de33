import { type Cache, createCache } from './cache.js';
import { optionInvalid } from './check-options.js';
import type { CacheLimits } from './session.js';

/** What was made once for a session: by name in a cache, by object held weakly. */
export interface SessionResources {
  readonly cache: Cache<string | symbol, unknown>;
  getOrCreate<T>(key: string | symbol | object, create: () => T): T;
  clear(): void;
}

export function createSessionResources(limits: CacheLimits | undefined): SessionResources {
  const cache = createCache<string | symbol, unknown>({ ...limits });
  let byObject = new WeakMap<object, unknown>();

  return {
    cache,
    getOrCreate<T>(key: string | symbol | object, create: () => T): T {
      if (typeof create !== 'function') throw optionInvalid('session.resource', 'create', 'a function');
      if (typeof key === 'string' || typeof key === 'symbol') return cache.getOrCreate(key, create) as T;
      if (Object(key) !== key) throw optionInvalid('session.resource', 'key', 'a string, a symbol or an object');
      if (!byObject.has(key)) {
        const value = create();
        // What create itself put here for the key is kept: everyone gets the same.
        if (!byObject.has(key)) byObject.set(key, value);
      }
      return byObject.get(key) as T;
    },
    clear() {
      cache.clear();
      byObject = new WeakMap();
    },
  };
}
