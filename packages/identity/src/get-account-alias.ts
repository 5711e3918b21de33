import { checkOptions, fromSessionLike, isAbortSignal, type SessionLike } from '@bsm/core-cache';
import type { IdentityOptions } from './get-caller-identity.js';
import { listAccountAliases } from './list-account-aliases.js';

/**
 * Tells the alias of the session's account: `undefined` when it has none, or when it may not be read.
 *
 * IAM is asked once per session (`iam:ListAccountAliases`): concurrent callers share the call, and the answer is kept until
 * `session.clearCache()`, be it an alias, none, or a refusal. Any other failure is thrown and not kept; {@link whoAmI} does without
 * the alias then.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html
 *
 * @throws BsmError `ERR_BSM_REGION_UNRESOLVED`, `ERR_BSM_CREDENTIALS_REJECTED` (IAM also says so to session tokens made without MFA),
 *   `ERR_BSM_ENDPOINT_UNREACHABLE`, `ERR_BSM_THROTTLED`, `ERR_BSM_SERVICE_FAILED`, `ERR_BSM_OPTION_INVALID`, and what resolving the credentials throws.
 *
 * @example
 * ```ts
 * const account = (await getAccountAlias(session)) ?? (await getAccountId(session));
 * ```
 */
export async function getAccountAlias(source: SessionLike, options?: IdentityOptions): Promise<string | undefined> {
  checkOptions<IdentityOptions>('getAccountAlias', options, { signal: isAbortSignal });
  const [alias] = await listAccountAliases(fromSessionLike(source), options?.signal);
  return alias;
}
