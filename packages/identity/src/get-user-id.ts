import type { SessionLike } from '@bsm/core-cache';
import { getCallerIdentity, type IdentityOptions } from './get-caller-identity.js';

/**
 * Tells the unique id of the session's principal, such as `AIDA...` or `AROA...:session-name`.
 *
 * Shares the one call of {@link getCallerIdentity} and fails as it does.
 *
 * @throws BsmError as {@link getCallerIdentity}
 *
 * @example
 * ```ts
 * maskUserId(await getUserId(session)); // 'AIDA***MPLE'
 * ```
 */
export async function getUserId(source: SessionLike, options?: IdentityOptions): Promise<string> {
  return (await getCallerIdentity(source, options)).userId;
}
