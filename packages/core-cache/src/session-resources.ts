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
  let byObject = new WeakMap<object, { readonly value: unknown }>();

  function ofObject(key: object, create: () => unknown): unknown {
    const known = byObject.get(key);
    if (known) return known.value;
    const value = create();
    // What create itself put here for the key is kept: everyone gets the same.
    const own = byObject.get(key);
    if (own) return own.value;
    byObject.set(key, { value });
    return value;
  }

  return {
    cache,
    getOrCreate<T>(key: string | symbol | object, create: () => T): T {
      if (typeof create !== 'function') throw optionInvalid('session.resource', 'create', 'a function');
      if (typeof key === 'string' || typeof key === 'symbol') return cache.getOrCreate(key, create) as T;
      if ((typeof key === 'object' && key !== null) || typeof key === 'function') return ofObject(key, create) as T;
      throw optionInvalid('session.resource', 'key', 'a string, a symbol or an object');
    },
    clear() {
      cache.clear();
      byObject = new WeakMap();
    },
  };
}
