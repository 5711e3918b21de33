import {
  type AwsCredentialIdentity,
  checkOptions,
  fromSessionLike,
  isAbortSignal,
  type SessionLike,
} from '@bsm/core-cache';
import { accountIdFromAccessKeyId } from './account-id-from-access-key-id.js';
import { getCallerIdentity, type IdentityOptions } from './get-caller-identity.js';

/**
 * Tells the account id of the session, twelve digits.
 *
 * No call is made when the credentials state their account and the access key id does not contradict it. That statement may
 * come from `AWS_ACCOUNT_ID` or a profile, so a guard asks with {@link assertAccount}, which does not rely on it. Otherwise the same as
 * {@link getCallerIdentity}, with which the one call is shared.
 *
 * @throws BsmError as {@link getCallerIdentity}
 *
 * @example
 * ```ts
 * const bucket = `logs-${await getAccountId(session)}`;
 * ```
 */
export async function getAccountId(source: SessionLike, options?: IdentityOptions): Promise<string> {
  checkOptions<IdentityOptions>('getAccountId', options, { signal: isAbortSignal });
  const session = fromSessionLike(source);
  const credentials = await session.credentials(options?.signal && { signal: options.signal });
  const known = session.principal?.accountId ?? statedAccountId(credentials);
  return known ?? (await getCallerIdentity(session, options)).accountId;
}

function statedAccountId({ accountId = '', accessKeyId }: AwsCredentialIdentity): string | undefined {
  const encoded = accountIdFromAccessKeyId(accessKeyId) ?? accountId;
  return /^\d{12}$/.test(accountId) && encoded === accountId ? accountId : undefined;
}
