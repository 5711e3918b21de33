import { maskAccessKeyId } from '@bsm/masking';
import { optionInvalid } from './check-options.js';
import type { ClientClass, ClientConfig, ClientDefaults } from './client-config.js';
import { createTimekeeper, type Timekeeper } from './clock.js';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from './credentials.js';
import { defineHidden } from './define-hidden.js';
import { createEventEmitter } from './events.js';
import { createLifetime, type Lifetime, sessionClosed } from './lifetime.js';
import { parseExpiration } from './parse-credentials.js';
import { createRefreshEngine } from './refresh-engine.js';
import type { RefreshOptions } from './refresh-options.js';
import { assertRegionName, type RegionSource, resolveRegion } from './region.js';
import type { DeriveOptions, Session, SessionOptions } from './session.js';
import { createSessionClients } from './session-clients.js';
import { checkDeriveOptions } from './session-options.js';
import { createSessionResources } from './session-resources.js';
import type { SessionStores } from './session-store.js';
import {
  backingOf,
  type CredentialsBacking,
  runsInBackground,
  type SharedCredentials,
  shareCredentials,
} from './shared-credentials.js';
import { showAs } from './show-as.js';

/** What a root session and all that come from it have in common. */
export interface SessionRoot {
  readonly time: Timekeeper;
  readonly lifetime: Lifetime;
  readonly clientDefaults: ClientDefaults;
  readonly stores: SessionStores;
}

/** One session: what it shares with others is given to it. */
export interface SessionParts {
  readonly root: SessionRoot;
  readonly lifetime: Lifetime;
  readonly parent: Session | undefined;
  readonly credentials: SharedCredentials;
  readonly region: RegionSource;
  /** The profile that was named for the session, to be shown. */
  readonly profile?: string | undefined;
  /** Sessions with the same credentials in other regions, and the session they came from, which closes them. */
  readonly family?: { readonly origin: Lifetime; readonly siblings: Map<string, Session> };
}

/** What a root session is made of: nothing is looked up for it any more. */
export interface RootSessionOptions extends Omit<SessionOptions, 'mfaToken' | 'clientCache' | 'resourceCache'> {
  readonly stores: SessionStores;
  readonly credentials: NonNullable<SessionOptions['credentials']>;
  readonly region: RegionSource;
  readonly interactiveMs?: number | undefined;
}

function buildSession(parts: SessionParts): Session {
  const { root, lifetime, parent, credentials } = parts;
  const { engine, events } = backingOf(credentials) as CredentialsBacking;
  const { origin, siblings } = parts.family ?? { origin: lifetime, siblings: new Map<string, Session>() };
  const regionName = typeof parts.region === 'string' ? parts.region : undefined;
  const region = createRegion(parts.region, lifetime);
  const clientStore = root.stores.clients();
  const resourceStore = root.stores.resources();
  const clients = createSessionClients({
    credentials,
    region: region.get,
    regionName,
    clientDefaults: root.clientDefaults,
    store: clientStore,
  });
  const resources = createSessionResources(resourceStore);

  function assertOpen(): void {
    if (lifetime.closed) throw sessionClosed();
  }

  const session: Session = {
    credentials,
    region: region.get,
    parent,
    clientDefaults: root.clientDefaults,
    clientConfig: { credentials, region: region.get },
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
      return deriveSession(session, root, parts.region, options);
    },
    withRegion(name: string): Session {
      assertOpen();
      assertRegionName('session.withRegion', name);
      const known = siblings.get(name);
      if (known) return known;
      const ownLifetime = createLifetime(origin);
      const sibling = buildSession({ ...parts, lifetime: ownLifetime, region: name, family: { origin, siblings } });
      siblings.set(name, sibling);
      const forget = ownLifetime.onClose(() => {
        siblings.delete(name);
        forget();
      });
      return sibling;
    },
    isExpired(deltaSeconds = 0): boolean {
      if (typeof deltaSeconds !== 'number' || Number.isNaN(deltaSeconds)) {
        throw optionInvalid('session.isExpired', 'deltaSeconds', 'a number of seconds');
      }
      const remainingMs = engine.held?.remainingMs() ?? Infinity;
      return remainingMs - deltaSeconds * 1_000 <= 0;
    },
    clearCache() {
      // What is closed must not take the credentials from those who share them.
      if (lifetime.closed) return;
      clientStore.clear();
      resources.clear();
      region.forget();
      engine.reset();
    },
    subscribe(listener) {
      if (typeof listener !== 'function') throw optionInvalid('session.subscribe', 'listener', 'a function');
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
  // What the other packages wait by, so that a virtual clock holds for them too.
  defineHidden(session, Symbol.for('@bsm/session-time/1'), root.time);
  return showAs(session, () => ({
    region: regionName,
    profile: parts.profile,
    accessKeyId: credentials.current && maskAccessKeyId(credentials.current.accessKeyId),
    expiration: credentials.expiration?.toISOString(),
    closed: lifetime.closed || undefined,
  }));
}

/** Makes a root session from options that were checked. */
export function buildRootSession(options: RootSessionOptions): Session {
  const { region, profile, refresh, interactiveMs } = options;
  const lifetime = createLifetime();
  const root: SessionRoot = {
    time: createTimekeeper(options.clock),
    lifetime,
    clientDefaults: { ...options.clientDefaults },
    stores: options.stores,
  };
  const credentials = shareFor(options.credentials, { root, lifetime, region, profile, refresh, interactiveMs });
  return buildSession({ root, lifetime, parent: undefined, credentials, region, profile });
}

function deriveSession(parent: Session, root: SessionRoot, region: RegionSource, options: DeriveOptions): Session {
  const lifetime = createLifetime(root.lifetime);
  // The parent's is asked when needed, so that both stay the same.
  const childRegion = options.region ?? (typeof region === 'string' ? region : parent.region);
  const credentials = shareFor(options.credentials, {
    root,
    lifetime,
    region: childRegion,
    refresh: options.refresh,
    interactiveMs: options.interactiveMs,
  });
  return buildSession({ root, lifetime, parent, credentials, region: childRegion });
}

/** What a session's own shared credentials are made of beside their source. */
export interface ShareOptions {
  readonly root: SessionRoot;
  readonly lifetime: Lifetime;
  readonly region: RegionSource;
  readonly profile?: string | undefined;
  readonly refresh: RefreshOptions | undefined;
  readonly interactiveMs?: number | undefined;
}

/** Makes credentials shared. Those that are already are taken as they are, and stay open when the session is closed. */
function shareFor(
  credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider | SharedCredentials,
  { root, lifetime, region, profile, refresh = {}, interactiveMs }: ShareOptions,
): SharedCredentials {
  if (backingOf(credentials)) return credentials as SharedCredentials;
  const literal = typeof credentials === 'function' ? undefined : reviveExpiration(credentials);
  const source =
    typeof credentials === 'function' ? credentials : () => Promise.resolve(literal as AwsCredentialIdentity);
  const events = createEventEmitter();
  const engine = createRefreshEngine({
    source,
    refresh,
    time: root.time,
    events,
    lifetime,
    background: runsInBackground(refresh),
    callerClientConfig: { region: () => resolveRegion(region), ...(profile !== undefined && { profile }) },
    interactiveMs,
    literal,
  });
  return shareCredentials(engine, events, refresh);
}

function reviveExpiration(credentials: AwsCredentialIdentity): AwsCredentialIdentity {
  const expiration = parseExpiration(credentials.expiration);
  return { ...credentials, ...(expiration && { expiration }) };
}

/** Resolves the region once; a failure is not remembered. */
function createRegion(source: RegionSource, lifetime: Lifetime): { get: () => Promise<string>; forget: () => void } {
  let resolving: Promise<string> | undefined;
  const get = (): Promise<string> => {
    if (lifetime.closed) return Promise.reject(sessionClosed());
    if (resolving) return resolving;
    const mine = resolveRegion(source);
    resolving = mine;
    mine.catch(() => {
      if (resolving === mine) resolving = undefined;
    });
    return mine;
  };
  return {
    get,
    forget: () => {
      resolving = undefined;
    },
  };
}
