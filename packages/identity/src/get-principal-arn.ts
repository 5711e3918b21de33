import type { SessionLike } from '@bsm/core-cache';
import { getCallerIdentity, type IdentityOptions } from './get-caller-identity.js';

/**
 * Tells the ARN of the session's principal. {@link parsePrincipal} takes it apart.
 *
 * Shares the one call of {@link getCallerIdentity} and fails as it does.
 *
 * @throws BsmError as {@link getCallerIdentity}
 *
 * @example
 * ```ts
 * await getPrincipalArn(session); // 'arn:aws:sts::123456789012:assumed-role/deploy/jane'
 * ```
 */
export async function getPrincipalArn(source: SessionLike, options?: IdentityOptions): Promise<string> {
  return (await getCallerIdentity(source, options)).arn;
}
