import {
  type AwsCredentialIdentity,
  BsmError,
  checkOptions,
  createSessionFactory,
  type OptionCheck,
  type OptionChecks,
  type Session,
  type SessionOptions,
} from '@bsm/core-cache';
import { parseExpirationTime } from './expiration-time.js';
import { parseSnapshot } from './parse-snapshot.js';
import type { Snapshot } from './snapshot.js';

/** Options of {@link fromSnapshot}: what a session has that a snapshot does not. */
export interface FromSnapshotOptions
  extends Pick<SessionOptions, 'clientDefaults' | 'clientCache' | 'resourceCache' | 'pool' | 'clock'> {
  /** In place of the region in the snapshot. Default when that is `null`: the region of the environment, as in `createSession`. */
  readonly region?: SessionOptions['region'];
  /**
   * When the credentials end, in place of what the snapshot says: for one that Python's library wrote, which does not say. A Date,
   * or ISO 8601 with an offset.
   */
  readonly expiration?: Date | string | undefined;
}

const isExpiration: OptionCheck = (value) => {
  const date = value instanceof Date ? value : parseExpirationTime(value);
  return date instanceof Date && !Number.isNaN(date.getTime()) ? undefined : 'a Date, or ISO 8601 text with an offset';
};

/** All but `expiration` are checked where the session is made. */
export const fromSnapshotChecks: OptionChecks<FromSnapshotOptions> = {
  region: () => undefined,
  clientDefaults: () => undefined,
  clientCache: () => undefined,
  resourceCache: () => undefined,
  pool: () => undefined,
  clock: () => undefined,
  expiration: isExpiration,
};

/**
 * Makes a session of a snapshot that {@link toSnapshot} or boto_session_manager took. Makes no call.
 *
 * The session knows when its credentials end: `isExpired()` is right at once. They cannot be renewed; when they have ended, each
 * use is an error that says when. Without an expiration (Python's snapshots) `isExpired()` is false, and AWS decides. Members of
 * the snapshot other than the five known ones are ignored, endpoints and client options among them.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_INVALID` for what is no snapshot, naming the member and never its value;
 * `ERR_BSM_OPTION_INVALID`. Later, when used: `ERR_BSM_CREDENTIALS_EXPIRED`, `ERR_BSM_REGION_UNRESOLVED`.
 *
 * @example
 * ```ts
 * const session = fromSnapshot(workerData.snapshot);
 * ```
 */
export function fromSnapshot(snapshot: Snapshot, options?: FromSnapshotOptions): Session {
  checkOptions<FromSnapshotOptions>('fromSnapshot', options, fromSnapshotChecks);
  return restoreSession(snapshot, 'The snapshot', options);
}

/** Makes a session of what may be a snapshot, with options that were checked; `origin` begins the message of an error. */
export function restoreSession(value: unknown, origin: string, options: FromSnapshotOptions = {}): Session {
  const { credentials, region } = parseSnapshot(value, origin);
  const { clientDefaults, clientCache, resourceCache, pool, clock } = options;
  return createRoot({
    credentials: endingAt(credentials, options.expiration),
    region: options.region ?? region,
    clientDefaults,
    clientCache,
    resourceCache,
    pool,
    clock,
  });
}

function endingAt(credentials: AwsCredentialIdentity, expiration: Date | string | undefined): AwsCredentialIdentity {
  if (expiration === undefined) return credentials;
  return {
    ...credentials,
    expiration: new Date(expiration instanceof Date ? expiration : parseExpirationTime(expiration)),
  };
}

/** Without the SDK's chain of providers: a snapshot has its credentials. */
const createRoot: ReturnType<typeof createSessionFactory> = /* @__PURE__ */ createSessionFactory({
  defaultCredentials() {
    throw new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', 'A session of a snapshot has no default credentials.');
  },
});
