import {
  checkOptions,
  fromSessionLike,
  isAbortSignal,
  isBsmError,
  isDuration,
  type Session,
  type SessionLike,
} from '@bsm/core-cache';
import { asksForAlias, isAliasChoice } from './asks-for-alias.js';
import { getCallerIdentity, type IdentityOptions } from './get-caller-identity.js';
import { listAccountAliases } from './list-account-aliases.js';
import { type PrincipalType, parsePrincipal } from './parse-principal.js';

/** Everything there is to know about who a session is. Its keys come in the order of aws-whoami. */
export interface WhoAmI {
  /** Twelve digits. */
  readonly accountId: string;
  /** At most one at AWS today. Empty when there is none, it may not be read, could not be read, or was not asked for. */
  readonly accountAliases: readonly string[];
  readonly arn: string;
  readonly type: PrincipalType;
  /** With its path (`division/team/jane`). `root` for the root user. */
  readonly name: string;
  /** Of an assumed role only. */
  readonly roleSessionName?: string | undefined;
  readonly userId: string;
  /** The session's region; `undefined` when it has none. */
  readonly region: string | undefined;
  /** The permission set of IAM Identity Center (AWS SSO) that the role belongs to. */
  readonly ssoPermissionSet?: string | undefined;
}

/** Options of {@link whoAmI}. */
export interface WhoAmIOptions extends IdentityOptions {
  /**
   * Whether to look up the alias. Default true.
   *
   * A list names who does without it, as aws-whoami's `disable_account_alias` does: the look-up is left out when an entry is the
   * beginning or the end of the account id, or is exactly the name, the ARN or the session name. An empty entry matches nothing.
   */
  readonly accountAlias?: boolean | readonly string[] | undefined;
  /** How long to wait for the alias, in milliseconds. Default 5_000: networks that reach STS often do not reach IAM. */
  readonly accountAliasTimeoutMs?: number | undefined;
}

/**
 * Tells who the session is, in detail: account, alias, principal, region.
 *
 * At most one call of STS and one of IAM per session, shared by concurrent callers; none of STS when the session came from
 * AssumeRole. The alias never makes it fail: when it may not or cannot be read, `accountAliases` is empty, and a look-up that
 * failed for a passing reason is tried again by the next call. The same information as aws-whoami gives in Python.
 *
 * @throws BsmError as {@link getCallerIdentity}: `ERR_BSM_REGION_UNRESOLVED` only when STS must be asked
 *
 * @example
 * ```ts
 * const { accountId, type, name, ssoPermissionSet } = await whoAmI(session, { accountAlias: false });
 * ```
 */
export async function whoAmI(source: SessionLike, options?: WhoAmIOptions): Promise<WhoAmI> {
  checkOptions<WhoAmIOptions>('whoAmI', options, {
    accountAlias: isAliasChoice,
    accountAliasTimeoutMs: isDuration(1),
    signal: isAbortSignal,
  });
  const { accountAlias, accountAliasTimeoutMs, signal } = options ?? {};
  const session = fromSessionLike(source);
  const { accountId, userId, arn } = await getCallerIdentity(session, { signal });
  const { type, name, roleSessionName, ssoPermissionSet } = parsePrincipal(arn);
  const asks = asksForAlias(accountAlias ?? true, accountId, [name, arn, roleSessionName]);
  return {
    accountId,
    accountAliases: asks ? await aliasesOrNone(session, accountAliasTimeoutMs, signal) : [],
    arn,
    type,
    name,
    ...(roleSessionName !== undefined && { roleSessionName }),
    userId,
    region: await regionOrUndefined(session),
    ...(ssoPermissionSet !== undefined && { ssoPermissionSet }),
  };
}

async function aliasesOrNone(session: Session, timeoutMs = 5_000, signal?: AbortSignal): Promise<readonly string[]> {
  const deadline = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    return await listAccountAliases(session, signal ? AbortSignal.any([signal, deadline]) : deadline);
  } catch {
    signal?.throwIfAborted();
    return [];
  }
}

async function regionOrUndefined(session: Session): Promise<string | undefined> {
  try {
    return await session.region();
  } catch (error) {
    if (isBsmError(error, 'ERR_BSM_REGION_UNRESOLVED')) return undefined;
    throw error;
  }
}
