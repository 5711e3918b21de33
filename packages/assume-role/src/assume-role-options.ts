import { checkOptions, definedFields, isInteger, isText, optionInvalid } from '@bsm/core-cache';
import { defaultSessionName } from './default-session-name.js';
import { isMfa, type MfaOptions } from './mfa-options.js';
import { isListOf, isMatch, isObjectOf, isRoleSessionName } from './option-checks.js';
import { type RoleSessionOptions, roleSessionChecks, roleSessionParameters } from './role-session-options.js';
import { isSessionTags, isTagKey, MOST_TAGS, type SessionTags, tagList } from './session-tags.js';
import type { AssumeRoleParameters, MfaParameters, ProvidedContext, RoleSessionParameters } from './sts-transport.js';

/** Options of `assumeRole`. */
export interface AssumeRoleOptions extends RoleSessionOptions {
  /**
   * Shown by CloudTrail. Default: `bsm-` and a random UUID, in Lambda `lambdaSessionName()`; made once, so that it stays the same
   * through all refreshes.
   */
  readonly roleSessionName?: string | undefined;
  /** Session tags. The trust policy must allow `sts:TagSession`. */
  readonly tags?: SessionTags | undefined;
  /** Keys of tags that go on to the next role of a chain; also of tags that this session inherits. */
  readonly transitiveTagKeys?: readonly string[] | undefined;
  /** What the owner of the role asks third parties for. Never shown in an error. */
  readonly externalId?: string | undefined;
  /** Who is behind the session; stays on it through a chain. The trust policy must allow `sts:SetSourceIdentity`. */
  readonly sourceIdentity?: string | undefined;
  readonly providedContexts?: readonly ProvidedContext[] | undefined;
  /** The MFA device of the calling user, for a role that requires one. */
  readonly mfa?: MfaOptions | undefined;
}

/** AWS lets a role that was assumed with the credentials of a role last one hour at most. */
const LONGEST_CHAINED_SECONDS = 3_600;

/**
 * Checks the options, without a call.
 *
 * @param chained - Whether the source is a role itself.
 * @param prefix - Of the names of options in errors: `hops[1].` in a chain.
 * @throws BsmError `ERR_BSM_OPTION_INVALID` naming the option.
 */
export function checkAssumeRoleOptions(
  subject: string,
  options: AssumeRoleOptions,
  chained: boolean,
  prefix: string = '',
): void {
  const isDuration = isInteger(900, chained ? LONGEST_CHAINED_SECONDS : 43_200);
  checkOptions<AssumeRoleOptions>(
    subject,
    options ?? null,
    {
      ...roleSessionChecks(subject, (value, name) => {
        const expected = isDuration(value, name);
        return expected && chained ? `${expected}, since the source is a role` : expected;
      }),
      roleSessionName: isRoleSessionName,
      tags: isSessionTags(subject),
      transitiveTagKeys: isListOf(subject, MOST_TAGS, isTagKey),
      externalId: isMatch(/^[\w+=,.@:/-]{2,1224}$/),
      sourceIdentity: isRoleSessionName,
      providedContexts: isListOf(subject, 5, isObjectOf(subject, { ProviderArn: isText, ContextAssertion: isText })),
      mfa: isMfa(subject),
    },
    prefix,
  );
  if (options.roleArn === undefined) throw optionInvalid(subject, `${prefix}roleArn`, 'given');
}

/** Writes the options in the names of STS, all but the MFA code. */
export function assumeRoleParameters(options: AssumeRoleOptions): AssumeRoleParameters {
  return {
    ...roleSessionParameters(options),
    ...definedFields<Omit<AssumeRoleParameters, keyof RoleSessionParameters | keyof MfaParameters>>({
      RoleSessionName: options.roleSessionName ?? defaultSessionName(),
      Tags: options.tags && tagList(options.tags),
      TransitiveTagKeys: options.transitiveTagKeys && [...options.transitiveTagKeys],
      ExternalId: options.externalId,
      SourceIdentity: options.sourceIdentity,
      ProvidedContexts: options.providedContexts && [...options.providedContexts],
    }),
  };
}
