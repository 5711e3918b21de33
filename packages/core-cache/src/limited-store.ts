import { createCache, viewCache } from './cache.js';
import type { CacheLimits } from './session.js';
import type { SessionStore } from './session-store.js';

/** Makes a store with the limits that were asked for. */
export function createLimitedStore<K>(
  limits: CacheLimits | undefined,
  onEvict?: (value: unknown) => void,
): SessionStore<K> {
  const cache = createCache<K, unknown>({ ...limits, ...(onEvict && { onEvict: (_key, value) => onEvict(value) }) });
  return {
    view: viewCache(cache),
    getOrCreate: (key, create) => cache.getOrCreate(key, create),
    clear: () => cache.clear(),
  };
}
