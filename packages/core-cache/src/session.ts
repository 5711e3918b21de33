import type { CacheView } from './cache.js';
import type { ClientClass, ClientConfig, ClientDefaults } from './client-config.js';
import type { Clock } from './clock.js';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, SessionPrincipal } from './credentials.js';
import type { SessionListener } from './events.js';
import type { PoolOptions } from './pool-options.js';
import type { RefreshOptions } from './refresh-options.js';
import type { SharedCredentials } from './shared-credentials.js';

/** One AWS identity and one region: it owns credentials that stay fresh and hands them to every client it makes. */
export interface Session {
  /** The shared provider. Give it to any client of the SDK as `credentials`: all share one set and one refresh. */
  readonly credentials: SharedCredentials;
  /** Resolves the region. Rejects with `ERR_BSM_REGION_UNRESOLVED`; there is never a silent default. */
  readonly region: () => Promise<string>;
  /** The session that this one was derived from: whose credentials assumed it, or under which a federated role was put. */
  readonly parent: Session | undefined;
  /** Who the credentials belong to, when their source said so (AssumeRole does). Renewed with each refresh. */
  readonly principal: SessionPrincipal | undefined;
  /**
   * Makes a client of the SDK, or returns the one made before for the same class and the same resolved configuration.
   *
   * @throws BsmError `ERR_BSM_OPTION_INVALID` for what is no client class or whose constructor throws, `ERR_BSM_SESSION_CLOSED`.
   */
  client<Class extends ClientClass>(Client: Class, config?: ClientConfig<Class>): InstanceType<Class>;
  /**
   * Returns what `create` made for the key, making it once per session. Object keys are held weakly.
   *
   * What `create` throws is thrown and nothing is kept. A promise is kept as it is, also when it rejects.
   */
  resource<T>(key: string | symbol | object, create: (session: Session) => T): T;
  /** Size and statistics of the two caches. */
  readonly cache: {
    readonly clients: CacheView<string, unknown>;
    readonly resources: CacheView<string | symbol, unknown>;
  };
  /** Options that every client of the session gets. */
  readonly clientDefaults: ClientDefaults;
  /** `{ credentials, region }`: spread it into the configuration of anything the SDK offers. */
  readonly clientConfig: { readonly credentials: SharedCredentials; readonly region: () => Promise<string> };
  /** Makes a child: `parent` is this session; root, clock and defaults are inherited, `refresh` is not. */
  derive(options: DeriveOptions): Session;
  /** Returns a session with the same credentials and another region: the same one for the same region until it is closed. */
  withRegion(region: string): Session;
  /** Tells whether the credentials end within `deltaSeconds`; false while no expiry is known. */
  isExpired(deltaSeconds?: number): boolean;
  /**
   * Forgets clients, resources, identity, region and resolved credentials, which are looked up again in the environment and the shared
   * files. Explicit keys stay, and so do client settings of the shared config file, which the SDK keeps. Does nothing when closed.
   */
  clearCache(): void;
  /** Calls the listener on each event until the returned function is called. */
  subscribe(listener: SessionListener): () => void;
  /** Ends the session: aborts a running refresh, refuses later work. A root refuses its children too. Idempotent. */
  close(): void;
  [Symbol.dispose](): void;
}

/** Anything that has credentials and a region: a {@link Session}, or those two fields of a client's configuration. */
export interface SessionLike {
  readonly credentials: SharedCredentials | AwsCredentialIdentity | AwsCredentialIdentityProvider;
  readonly region: string | (() => Promise<string>);
}

/** Options of `createSession`. */
export interface SessionOptions {
  /** A profile of the shared files. With `credentials` it gives the region only. */
  readonly profile?: string | undefined;
  /**
   * A name such as `eu-west-1`, or a function that returns one and is asked once. Default: that of the named profile, else
   * `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile of `AWS_PROFILE`, `[default]`.
   */
  readonly region?: string | (() => Promise<string>) | undefined;
  /**
   * Keys as they are, or a provider: any of the AWS SDK, your own function, or {@link SharedCredentials}, which are not wrapped
   * again and stay open when the session is closed. Default: the profile, else the SDK's default chain.
   */
  readonly credentials?: AwsCredentialIdentity | AwsCredentialIdentityProvider | undefined;
  /** Answers the `mfa_serial` of a profile: a code of six digits, which serves once, or a function that is asked each time. */
  readonly mfaToken?: MfaTokenProvider | undefined;
  /** Options for every client: endpoint, maxAttempts, logger, ... Never credentials, region or signer. */
  readonly clientDefaults?: ClientDefaults | undefined;
  /** Limit of the clients that are kept. What is evicted is not destroyed, since it may be in use. Default `lru`, unlimited. */
  readonly clientCache?: CacheLimits | undefined;
  /** Limit of the resources with names; those of objects live as long as the objects. Default `lru`, unlimited. */
  readonly resourceCache?: CacheLimits | undefined;
  /**
   * Connections, kept alive between requests and shared by the clients of the session, those of all sessions that come from it, and
   * those that ask STS and IAM for it. Not for clients with a `requestHandler` of yours, nor classes whose default is HTTP/2.
   */
  readonly pool?: PoolOptions | undefined;
  /** How credentials are kept fresh. Default: AWS's windows by lifetime; expired credentials are not served. */
  readonly refresh?: RefreshOptions | undefined;
  /** What tells the time to expiry, windows and deadlines. Default: the system's. Requests are signed by the SDK's own clock. */
  readonly clock?: Clock | undefined;
}

/** How many entries a cache of a session keeps, and which one goes first. */
export interface CacheLimits {
  /** `lru`: what was not used for longest goes; `lfu`: what was used least. Default `lru`. */
  readonly policy?: 'lru' | 'lfu' | undefined;
  /** Default unlimited; 0 keeps nothing. */
  readonly maxSize?: number | undefined;
}

/** Options of {@link Session.derive}. */
export interface DeriveOptions {
  /** Keys or a provider, as in {@link SessionOptions}. */
  readonly credentials: AwsCredentialIdentity | AwsCredentialIdentityProvider;
  /** Default: this session's. */
  readonly region?: string | (() => Promise<string>) | undefined;
  /** Default: none of the parent's. */
  readonly refresh?: RefreshOptions | undefined;
  /** A person answers each refresh: no advisory window, never in the background, and this much more time, in milliseconds. */
  readonly interactiveMs?: number | undefined;
}

/** A code of an MFA device: a string serves one call, a function is asked each time. */
export type MfaTokenProvider =
  | string
  | ((serialNumber: string, context: { readonly signal: AbortSignal }) => string | Promise<string>);
