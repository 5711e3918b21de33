import type { AwsCredentialIdentity } from '@bsm/core-cache';
import { maskAccessKeyId } from '@bsm/masking';
import { formatExpirationTime } from './expiration-time.js';

/**
 * A session as a plain value: the names of boto_session_manager, in its order.
 *
 * `JSON.stringify` writes all of it, since that is what it is for; `console.log` and `util.inspect` show the masked key id.
 */
export interface Snapshot {
  /** `null` when the session has no region: whoever reads it takes that of its own environment, here and in Python. */
  readonly region_name: string | null;
  readonly aws_access_key_id: string;
  readonly aws_secret_access_key: string;
  /** Absent for long-term keys. */
  readonly aws_session_token?: string;
  /** When the credentials end, ISO 8601 in UTC: `2030-01-31T08:00:00+00:00`. Absent when they do not say. */
  readonly expiration_time?: string;
}

/** Makes a snapshot of one set of credentials; Python's library leaves out a token that is empty, and so does this. */
export function makeSnapshot(region: string | null, credentials: AwsCredentialIdentity): Snapshot {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  const snapshot: Snapshot = {
    region_name: region,
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    ...(sessionToken && { aws_session_token: sessionToken }),
    ...(expiration && { expiration_time: formatExpirationTime(expiration) }),
  };
  const shown = {
    region_name: region,
    aws_access_key_id: maskAccessKeyId(accessKeyId),
    ...(expiration && { expiration_time: snapshot.expiration_time }),
  };
  return Object.defineProperty(snapshot, Symbol.for('nodejs.util.inspect.custom'), { value: () => shown });
}
