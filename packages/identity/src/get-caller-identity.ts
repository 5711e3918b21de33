import { checkOptions, fromSessionLike, isAbortSignal, type SessionLike } from '@bsm/core-cache';
import { callGetCallerIdentity } from './call-get-caller-identity.js';
import { createSharedCall, type SharedCall } from './shared-call.js';

/** Who AWS says the credentials belong to. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly accountId: string;
  /** `AIDA...` of a user, `AROA...:session` of an assumed role, the account id of the root user. */
  readonly userId: string;
  readonly arn: string;
}

/** Options of the functions that may ask AWS who a session is. */
export interface IdentityOptions {
  /** Lets this caller leave with the signal's reason. The call goes on while others wait for it. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tells who the session is: account id, user id and ARN.
 *
 * Credentials are resolved first. When their source said whom they belong to, as AssumeRole does (`session.principal`), nobody
 * is asked and no region is needed. Otherwise STS is asked once per session (GetCallerIdentity needs no permission): concurrent
 * callers share the call, the answer is kept, also when the credentials are refreshed, until `session.clearCache()`. A failure goes to
 * everyone who waits and is not kept.
 *
 * STS is asked in the session's region, since credentials are known only in their own partition; there is no silent default.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 *
 * @throws BsmError `ERR_BSM_REGION_UNRESOLVED` when STS must be asked and the session has no region,
 *   `ERR_BSM_CREDENTIALS_REJECTED`, `ERR_BSM_ENDPOINT_UNREACHABLE`, `ERR_BSM_THROTTLED`, `ERR_BSM_SERVICE_FAILED`,
 *   `ERR_BSM_RESPONSE_INVALID`, `ERR_BSM_OPTION_INVALID`, and what resolving the credentials throws.
 *
 * @example
 * ```ts
 * const { accountId, arn } = await getCallerIdentity(createSession({ region: 'eu-central-1' }));
 * ```
 */
export async function getCallerIdentity(source: SessionLike, options?: IdentityOptions): Promise<CallerIdentity> {
  checkOptions<IdentityOptions>('getCallerIdentity', options, { signal: isAbortSignal });
  const session = fromSessionLike(source);
  const signal = options?.signal;
  await session.credentials(signal && { signal });
  if (session.principal) {
    const { accountId, userId, arn } = session.principal;
    return { accountId, userId, arn };
  }
  // An object as key: held weakly, and not subject to the size of the session's resource cache.
  const ask: SharedCall<CallerIdentity> = session.resource(callGetCallerIdentity, () =>
    createSharedCall((abort) => callGetCallerIdentity(session, abort)),
  );
  return ask(signal);
}
