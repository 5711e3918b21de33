import { createCache, viewCache } from './cache.js';
import type { CacheLimits } from './session.js';
import type { SessionStore } from './session-store.js';

/** Makes a store with the limits that were asked for. */
export function createLimitedStore<K>(limits: CacheLimits | undefined): SessionStore<K> {
  const cache = createCache<K, unknown>({ ...limits });
  return {
    view: viewCache(cache),
    getOrCreate: (key, create) => cache.getOrCreate(key, create),
    clear: () => cache.clear(),
  };
}
