import { assertOption, isFunction, optionInvalid } from './check-options.js';
import type { SessionStore } from './session-store.js';

/** What was made once for a session: by name in a cache, by object held weakly. */
export interface SessionResources {
  getOrCreate<T>(key: string | symbol | object, create: () => T): T;
  clear(): void;
}

export function createSessionResources(store: SessionStore<string | symbol>): SessionResources {
  let byObject = new WeakMap<object, unknown>();

  return {
    getOrCreate<T>(key: string | symbol | object, create: () => T): T {
      assertOption('session.resource', 'create', create, isFunction);
      if (typeof key === 'string' || typeof key === 'symbol') return store.getOrCreate(key, create) as T;
      if (Object(key) !== key) throw optionInvalid('session.resource', 'key', 'a string, symbol or object');
      if (!byObject.has(key)) {
        const value = create();
        // What create itself put here for the key is kept: everyone gets the same.
        if (!byObject.has(key)) byObject.set(key, value);
      }
      return byObject.get(key) as T;
    },
    clear() {
      store.clear();
      byObject = new WeakMap();
    },
  };
}
