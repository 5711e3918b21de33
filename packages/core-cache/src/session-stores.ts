import { createClientStore } from './client-store.js';
import type { Timekeeper } from './clock.js';
import type { ConnectionPool } from './connection-pool.js';
import { definedFields } from './defined-fields.js';
import { createLimitedStore } from './limited-store.js';
import { createPoolConnector } from './pooled-client.js';
import type { Session, SessionOptions } from './session.js';
import { createSessionActivity, type SessionActivity } from './session-activity.js';
import type { SessionStores } from './session-store.js';
import { createSettledConfig } from './settled-config.js';
import { backingOf, type SharedCredentials } from './shared-credentials.js';

/** Makes what a root session and all that come from it keep, with their limits and their pool. */
export function createSessionStores(
  { clientCache, resourceCache }: Pick<SessionOptions, 'clientCache' | 'resourceCache'>,
  pool: ConnectionPool,
  time: Pick<Timekeeper, 'now'>,
): SessionStores {
  const connect = createPoolConnector(pool);
  const settled = createSettledConfig();
  const byCredentials = new WeakMap<SharedCredentials, SessionActivity>();

  /** Sessions with the same credentials, in other regions, are closed together. Those that were derived from them need them. */
  function activityOf(credentials: SharedCredentials, parent?: Session): SessionActivity {
    const known = byCredentials.get(credentials) ?? createSessionActivity(parent && activityOf(parent.credentials));
    byCredentials.set(credentials, known);
    return known;
  }

  return {
    clients: (credentials, parent) =>
      createClientStore({
        limits: clientCache,
        connect,
        settled,
        activity: activityOf(credentials, parent),
        now: time.now,
        emit: (event) => backingOf(credentials)?.events.emit(event),
      }),
    resources: () => createLimitedStore(resourceCache),
    internalDefaults: () => definedFields({ requestHandler: pool.agents() }),
    traffic: (session) => {
      const { running, begun } = activityOf(session.credentials);
      return { isBusy: running > 0 || (!session.parent && pool.isInUse()), begun };
    },
  };
}
