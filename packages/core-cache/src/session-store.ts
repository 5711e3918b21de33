import type { CacheView } from './cache.js';
import type { ClientClass } from './client-config.js';
import type { Session } from './session.js';
import type { SharedCredentials } from './shared-credentials.js';

/** What a session keeps: its clients, or its resources. */
export interface SessionStore<K> {
  readonly view: CacheView<K, unknown>;
  /**
   * Returns the value, or makes and keeps it; when `create` itself keeps one for the key, that one counts. A client may be given
   * options beneath its own, and be made again without; of it the call is told: its class, what was asked for, and what it gets.
   */
  getOrCreate(
    key: K,
    create: (defaults?: object) => unknown,
    Client?: ClientClass,
    config?: object,
    resolved?: object,
  ): unknown;
  /** Finds the client of a call without resolving its configuration, when a call like it was seen. */
  find?(Client: ClientClass, config: object): unknown;
  clear(): void;
}

/** How a session and those derived from it keep what they make, and share connections if they do. */
export interface SessionStores {
  /** `parent` is the session that the one with these credentials was derived from. */
  readonly clients: (credentials: SharedCredentials, parent?: Session) => SessionStore<string>;
  readonly resources: () => SessionStore<string | symbol>;
  /** Options beneath those of a package's own client, so that it uses the shared connections. */
  readonly internalDefaults?: () => object;
  /** Whether requests are under way that the end of the session would break, and how many ever began. */
  readonly traffic?: (session: Session) => { readonly isBusy: boolean; readonly begun: number };
}

/** Makes a store without a limit: the session of a bare set of credentials has no options. */
export function createUnlimitedStore<K>(): SessionStore<K> {
  const values = new Map<K, unknown>();
  const view = {
    hits: 0,
    misses: 0,
    evictions: 0,
    get size() {
      return values.size;
    },
    peek: (key: K): unknown => values.get(key),
  };
  return {
    view,
    getOrCreate(key, create) {
      if (values.has(key)) view.hits++;
      else {
        view.misses++;
        const value = create();
        if (!values.has(key)) values.set(key, value);
      }
      return values.get(key);
    },
    clear() {
      values.clear();
    },
  };
}
