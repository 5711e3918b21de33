import {
  checkOptions,
  fromSessionLike,
  isAbortSignal,
  isBoolean,
  isBsmError,
  isDuration,
  type OptionChecks,
  type Session,
  type SessionLike,
} from '@bsm/core-cache';
import { makeSnapshot, type Snapshot } from './snapshot.js';

/** Options of {@link toSnapshot}. */
export interface ToSnapshotOptions {
  /**
   * Leaves `expiration_time` out, for a Python program that calls `is_expired()`. Default false. Whoever reads such a snapshot
   * does not know when the credentials end.
   */
  readonly omitExpiration?: boolean | undefined;
  /** How long the credentials should still be valid, in milliseconds; renews them first when that can help. Default 0. */
  readonly minRemainingMs?: number | undefined;
  /** Ends the waiting for credentials. */
  readonly signal?: AbortSignal | undefined;
}

export const toSnapshotChecks: OptionChecks<ToSnapshotOptions> = {
  omitExpiration: isBoolean,
  minRemainingMs: /* @__PURE__ */ isDuration(),
  signal: isAbortSignal,
};

/**
 * Takes the credentials and the region of a session as a plain value, to be restored elsewhere by {@link fromSnapshot} or by
 * `BotoSesManager.from_snapshot` of boto_session_manager.
 *
 * Key, secret, token and expiry come from one credential object, whatever is renewed meanwhile. A session without a region gives
 * `region_name: null`. Endpoint, client options, profile and parent are not part of it, and long-term keys are not refused: that
 * is the business of the functions that write files.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, and what the session throws when it has no credentials; the reason of `signal`.
 *
 * @example
 * ```ts
 * worker.postMessage(await toSnapshot(session));
 * ```
 */
export async function toSnapshot(source: SessionLike, options?: ToSnapshotOptions): Promise<Snapshot> {
  checkOptions<ToSnapshotOptions>('toSnapshot', options, toSnapshotChecks);
  return takeSnapshot(source, options);
}

/** Takes a snapshot with options that were checked. */
export async function takeSnapshot(source: SessionLike, options: ToSnapshotOptions = {}): Promise<Snapshot> {
  const session = fromSessionLike(source);
  const { omitExpiration = false, minRemainingMs, signal } = options;
  const [credentials, region] = await Promise.all([session.credentials({ minRemainingMs, signal }), regionOf(session)]);
  const { expiration, ...bare } = credentials;
  return makeSnapshot(region, omitExpiration || !expiration ? bare : credentials);
}

async function regionOf(session: Session): Promise<string | null> {
  try {
    return await session.region();
  } catch (error) {
    if (isBsmError(error, 'ERR_BSM_REGION_UNRESOLVED')) return null;
    throw error;
  }
}
