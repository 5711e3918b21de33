import { createCacheGrowth } from './cache-growth.js';
import { createClientKeyMemo } from './client-key-memo.js';
import type { SessionEvent } from './events.js';
import { createLimitedStore } from './limited-store.js';
import type { PoolConnector } from './pooled-client.js';
import { read } from './scrub-error.js';
import type { CacheLimits } from './session.js';
import { countRequests, type SessionActivity } from './session-activity.js';
import type { SessionStore } from './session-store.js';
import type { SettledConfig } from './settled-config.js';

export interface ClientStoreOptions {
  readonly limits: CacheLimits | undefined;
  readonly connect: PoolConnector;
  readonly settled: SettledConfig;
  readonly activity: SessionActivity;
  readonly now: () => number;
  readonly emit: (event: SessionEvent) => void;
}

/** Makes the store of a session's clients: they share the connections of the pool, and too many of one class are told. */
export function createClientStore({
  limits,
  connect,
  settled,
  activity,
  now,
  emit,
}: ClientStoreOptions): SessionStore<string> {
  const growth = createCacheGrowth((clientName, size) =>
    emit({ type: 'cache.growth', at: new Date(now()), clientName, size }),
  );
  const store = createLimitedStore<string>(limits, (client) => growth.remove(client));

  const keys = createClientKeyMemo();

  return {
    view: store.view,
    find(Client, config) {
      const key = keys.get(Client, config);
      return key !== undefined && store.view.peek(key) !== undefined ? store.getOrCreate(key, missing) : undefined;
    },
    getOrCreate(key, create, Client, config, resolved) {
      let made: unknown;
      if (Client && config) keys.set(Client, asTaken(config, resolved), key);
      const kept = store.getOrCreate(key, () => {
        made = Client
          ? connect(Client, (defaults) => create({ ...settled.of(Client, resolved), ...defaults }))
          : create();
        // The lookups of a client talk to its logger: one that it alone was given hears of no other client.
        if (Client && read(config, 'logger') === undefined) settled.learn(Client, made, resolved);
        countRequests(made, activity);
        return made;
      });
      if (made !== undefined && store.view.peek(key) === made) growth.add(made);
      return kept;
    },
    clear() {
      store.clear();
      growth.clear();
      settled.clear();
    },
  };
}

/** The options of a call with the values that were taken: a getter may say something else each time it is asked. */
function asTaken(config: object, resolved: object | undefined): object {
  const given = Object.entries(Object.getOwnPropertyDescriptors(config)).filter(
    ([, property]) => property.enumerable && !('value' in property && property.value === undefined),
  );
  return Object.fromEntries(given.map(([name]) => [name, read(resolved, name)]));
}

/** What is there is not made. */
function missing(): never {
  throw new Error('The client was there.');
}
