import { assertOption, isFunction, isNumber } from './check-options.js';
import type { ClientClass, ClientConfig } from './client-config.js';
import { createTimekeeper } from './clock.js';
import { definedFields } from './defined-fields.js';
import { createLifetime, type Lifetime, sessionClosed } from './lifetime.js';
import { isRegionName, type RegionSource, resolveRegion } from './region.js';
import type { DeriveOptions, Session, SessionOptions } from './session.js';
import { createSessionClients } from './session-clients.js';
import { checkDeriveOptions } from './session-options.js';
import { createSessionResources } from './session-resources.js';
import { type SessionRoot, setSessionRoot } from './session-root.js';
import type { SessionStores } from './session-store.js';
import { backingOf, type CredentialsBacking, type SharedCredentials, shareSource } from './shared-credentials.js';
import { showAs } from './show-as.js';

/** One session: what it shares with others is given to it. */
interface SessionParts extends DeriveOptions {
  readonly root: SessionRoot;
  readonly lifetime: Lifetime;
  readonly parent?: Session;
  readonly region: RegionSource;
  readonly profile?: string | undefined;
  /** Sessions with the same credentials in other regions, and the session they came from, which closes them. */
  readonly family?: { readonly origin: Lifetime; readonly siblings: Map<string, Session> };
}

/** What a root session is made of: nothing is looked up for it any more. */
export interface RootSessionOptions
  extends Omit<SessionOptions, 'mfaToken' | 'clientCache' | 'resourceCache' | 'pool'> {
  readonly stores: SessionStores;
  readonly credentials: NonNullable<SessionOptions['credentials']>;
  readonly region: RegionSource;
  readonly interactiveMs?: number | undefined;
  /** Default: one of its own. */
  readonly lifetime?: Lifetime;
}

function buildSession(parts: SessionParts): Session {
  const { root, lifetime, parent, profile, interactiveMs, refresh = {} } = parts;
  const { origin, siblings } = parts.family ?? { origin: lifetime, siblings: new Map<string, Session>() };
  const regionName = typeof parts.region === 'string' ? parts.region : undefined;
  let resolving: Promise<string> | undefined;

  /** Resolves the region once; a failure is not remembered. */
  function region(): Promise<string> {
    if (lifetime.isClosed()) return Promise.reject(sessionClosed());
    resolving ??= resolveRegion(parts.region).catch((error: unknown) => {
      resolving = undefined;
      throw error;
    });
    return resolving;
  }

  // Shared ones are taken as they are, and stay open when the session is closed.
  const credentials = backingOf(parts.credentials)
    ? (parts.credentials as SharedCredentials)
    : shareSource({
        source: parts.credentials,
        refresh,
        time: root.time,
        lifetime,
        interactiveMs,
        callerClientConfig: { region, ...(profile !== undefined && { profile }) },
      });
  const { engine, events } = backingOf(credentials) as CredentialsBacking;
  const clientStore = root.stores.clients(credentials, parent);
  const resourceStore = root.stores.resources();
  const clients = createSessionClients({
    credentials,
    region,
    regionName,
    clientDefaults: root.clientDefaults,
    store: clientStore,
  });
  const resources = createSessionResources(resourceStore);

  function assertOpen(): void {
    if (lifetime.isClosed()) throw sessionClosed();
  }

  const session: Session = {
    credentials,
    region,
    parent,
    clientDefaults: root.clientDefaults,
    clientConfig: { credentials, region },
    cache: { clients: clientStore.view, resources: resourceStore.view },
    get principal() {
      return engine.principal;
    },
    client<Class extends ClientClass>(Client: Class, config?: ClientConfig<Class>): InstanceType<Class> {
      assertOpen();
      return clients.get(Client, config);
    },
    resource<T>(key: string | symbol | object, create: (session: Session) => T): T {
      assertOpen();
      return resources.getOrCreate(key, typeof create === 'function' ? () => create(session) : create);
    },
    derive(options: DeriveOptions): Session {
      assertOpen();
      checkDeriveOptions(options);
      return buildSession({
        ...options,
        root,
        parent: session,
        lifetime: createLifetime(root.lifetime),
        // That of this session is asked when needed, so that both stay the same.
        region: options.region ?? regionName ?? region,
      });
    },
    withRegion(name: string): Session {
      assertOpen();
      assertOption('session.withRegion', 'region', name, isRegionName);
      const known = siblings.get(name);
      if (known) return known;
      const ownLifetime = createLifetime(origin);
      const sibling = buildSession({
        ...parts,
        credentials,
        lifetime: ownLifetime,
        region: name,
        family: { origin, siblings },
      });
      siblings.set(name, sibling);
      ownLifetime.onClose(() => siblings.delete(name));
      return sibling;
    },
    isExpired(deltaSeconds = 0): boolean {
      assertOption('session.isExpired', 'deltaSeconds', deltaSeconds, isNumber);
      const remainingMs = engine.held?.remainingMs() ?? Infinity;
      return remainingMs - deltaSeconds * 1_000 <= 0;
    },
    clearCache() {
      // What is closed must not take the credentials from those who share them.
      if (lifetime.isClosed()) return;
      clientStore.clear();
      resources.clear();
      resolving = undefined;
      engine.reset();
    },
    subscribe(listener) {
      assertOption('session.subscribe', 'listener', listener, isFunction);
      return events.subscribe(listener);
    },
    close() {
      lifetime.close();
      clientStore.clear();
      resources.clear();
    },
    [Symbol.dispose]() {
      session.close();
    },
  };
  // What the other packages wait by, so that a virtual clock holds for them too, and reach AWS through.
  setSessionRoot(session, root);
  return showAs(session, () => ({
    region: regionName,
    profile,
    // Shows itself masked.
    credentials: engine.current,
  }));
}

/** Makes a root session from options that were checked. */
export function buildRootSession(options: RootSessionOptions): Session {
  const { clock, clientDefaults, stores, lifetime = createLifetime(), ...parts } = options;
  const root = {
    time: createTimekeeper(clock),
    lifetime,
    clientDefaults: Object.freeze(definedFields<Record<string, unknown>>({ ...clientDefaults })),
    stores,
  };
  return buildSession({ ...parts, root, lifetime });
}
