import { optionInvalid } from './check-options.js';
import { type Clock, createTimekeeper } from './clock.js';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from './credentials.js';
import { createEventEmitter, type EventEmitter } from './events.js';
import { isLambda } from './lambda.js';
import { createLifetime } from './lifetime.js';
import {
  type CredentialRequest,
  createRefreshEngine,
  type RefreshEngine,
  type RefreshEngineOptions,
} from './refresh-engine.js';
import { checkRefreshOptions, type RefreshOptions } from './refresh-options.js';
import { saysYes } from './says-yes.js';
import { isCredentialRejection } from './terminal-error.js';

/**
 * One set of credentials for many callers: a function that works wherever the SDK takes `credentials:`, with read-only facts.
 *
 * However many clients and callers ask, one refresh is under way at most, and all who wait share its result. It is owned by no
 * caller: who leaves by `signal` does not stop it.
 */
export interface SharedCredentials {
  /**
   * Returns the credentials in hand, refreshing them first when that is due.
   *
   * @throws BsmError with the code that says why the source failed (`ERR_BSM_ACCESS_DENIED`, `ERR_BSM_THROTTLED`,
   * `ERR_BSM_ENDPOINT_UNREACHABLE`, ...; `ERR_BSM_REFRESH_FAILED` for what did not come from AWS), `ERR_BSM_REFRESH_TIMEOUT`,
   * `ERR_BSM_CREDENTIALS_*`, `ERR_BSM_SESSION_CLOSED`; a BsmError of the source as it is; the reason of `signal` after an abort.
   */
  (request?: CredentialRequest & { readonly callerClientConfig?: unknown }): Promise<AwsCredentialIdentity>;
  /** The credentials in hand, one object that is never rewritten; undefined when they ended, or were rejected by a service. */
  readonly current: AwsCredentialIdentity | undefined;
  /** When the credentials in hand end, also after that. */
  readonly expiration: Date | undefined;
  /** When the advisory window opens. */
  readonly refreshAfter: Date | undefined;
  /** Asks the source now, or joins the refresh under way; rejects when it fails, and the credentials in hand stay. */
  readonly refresh: (options?: { readonly signal?: AbortSignal | undefined }) => Promise<AwsCredentialIdentity>;
  /**
   * Takes note that a service rejected this key: the next call waits for a refresh. Ignored when the key is not the one in hand,
   * since a late rejection must not throw away newer credentials. A back-off in force holds; until expiry they are still served.
   */
  readonly invalidate: (accessKeyId?: string) => void;
  /** Tells the SDK's clients to ask on every signature and keep no copy of their own. */
  memoized?: boolean;
}

/** Options of {@link createSharedCredentials}. */
export interface SharedCredentialsOptions extends RefreshOptions {
  readonly clock?: Clock | undefined;
}

/**
 * Makes a provider whose credentials are fetched once for all who ask, and renewed before they end.
 *
 * Makes no call until it is asked (unless `eager`). While credentials are valid they are served, whatever the source does: a slow
 * source delays nobody in the advisory window, a failing one is left alone for a while. Without credentials in hand a failure
 * goes to all who wait, and the next call tries again. The rules are those of AWS's cross-SDK refresh behaviour of 2026; the
 * differences, see {@link RefreshOptions}, are that expired credentials are not served by default and that nobody waits for an
 * advisory refresh.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for a provider that is no function and for refresh options that are wrong.
 *
 * @example
 * ```ts
 * const credentials = createSharedCredentials(fromTemporaryCredentials({ params: { RoleArn } }));
 * const clients = regions.map((region) => new S3Client({ region, credentials })); // one AssumeRole for all
 * ```
 */
export function createSharedCredentials(
  provider: AwsCredentialIdentityProvider,
  options: SharedCredentialsOptions = {},
): SharedCredentials {
  if (typeof provider !== 'function') throw optionInvalid('createSharedCredentials', 'provider', 'a function');
  if (typeof options !== 'object' || options === null) {
    throw optionInvalid('createSharedCredentials', 'options', 'an object');
  }
  const { clock, ...refresh } = options;
  if (clock !== undefined && typeof clock?.now !== 'function') {
    throw optionInvalid('createSharedCredentials', 'clock', 'an object with now()');
  }
  checkRefreshOptions('createSharedCredentials', refresh, '');
  return shareSource({ source: provider, refresh, time: createTimekeeper(clock), lifetime: createLifetime() });
}

/** Makes shared credentials from a source, or from credentials as they are. */
export function shareSource(options: Omit<RefreshEngineOptions, 'events' | 'background'>): SharedCredentials {
  const { refresh } = options;
  const events = createEventEmitter();
  // Not in Lambda, where a process is frozen when its work is done.
  const engine = createRefreshEngine({ ...options, events, background: refresh.background ?? !isLambda() });
  return shareCredentials(engine, events, refresh);
}

/** What stands behind a {@link SharedCredentials} function, for the session that uses it. */
export interface CredentialsBacking {
  readonly engine: RefreshEngine;
  readonly events: EventEmitter;
  /** Whether an error of a service rejects the credentials themselves. Never throws. */
  readonly isRejection: (error: unknown) => boolean;
}

/** Puts the function with its facts around an engine. */
function shareCredentials(engine: RefreshEngine, events: EventEmitter, refresh: RefreshOptions): SharedCredentials {
  const { get } = engine;
  const credentials = (request?: CredentialRequest): Promise<AwsCredentialIdentity> => get(request);
  // An ordinary writable property: clients of the SDK set it, and a getter makes ESM bundles throw.
  credentials.memoized = true;
  credentials.refresh = (options?: { readonly signal?: AbortSignal | undefined }) =>
    get({ forceRefresh: true, signal: options?.signal });
  credentials.invalidate = (accessKeyId?: string) => engine.invalidate(accessKeyId);
  Object.defineProperties(credentials, {
    current: { get: () => engine.current },
    expiration: { get: () => engine.held?.credentials.expiration },
    refreshAfter: { get: () => engine.held?.refreshAfter },
    [backingKey()]: {
      value: {
        engine,
        events,
        isRejection: (error) => saysYes(refresh.isCredentialRejection ?? isCredentialRejection, error),
      } satisfies CredentialsBacking,
    },
  });
  return credentials as SharedCredentials;
}

/** Finds the engine behind shared credentials, also those of another copy of this package. */
export function backingOf(credentials: unknown): CredentialsBacking | undefined {
  if (typeof credentials !== 'function') return undefined;
  return (credentials as unknown as { [key: symbol]: CredentialsBacking | undefined })[backingKey()];
}

function backingKey(): symbol {
  return Symbol.for('@bsm/credentials-backing/1');
}
