import { checkOptions, optionInvalid } from '@bsm/core-cache';
import { accountIdText } from './account-id.js';
import { isMatch, isPartition, isRoleName } from './option-checks.js';

/** What the ARN of a role session is made of. */
export interface AssumedRoleSessionArnParts {
  /** Padded with zeros to 12 digits. */
  readonly accountId: string | number;
  /** A path before it is dropped: the ARN of a session has none. */
  readonly roleName: string;
  readonly roleSessionName: string;
  /** Default `aws`. */
  readonly partition?: string | undefined;
}

/**
 * Builds the ARN of a role session, as GetCallerIdentity reports it and policies match it.
 *
 * Behaves as `get_assumed_role_session_arn` of aws-assume-role-lib, and refuses what cannot be part of such an ARN.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` naming the part.
 *
 * @example
 * ```ts
 * assumedRoleSessionArn({ accountId: '123456789012', roleName: 'team/deploy', roleSessionName: 'ci' });
 * // 'arn:aws:sts::123456789012:assumed-role/deploy/ci'
 * ```
 */
export function assumedRoleSessionArn(parts: AssumedRoleSessionArnParts): string {
  const subject = 'assumedRoleSessionArn';
  checkOptions<AssumedRoleSessionArnParts>(subject, parts ?? null, {
    accountId: () => undefined,
    roleName: isRoleName,
    roleSessionName: isMatch(/^[\w+=,.@-]{1,64}$/, 'the name of a role session'),
    partition: isPartition,
  });
  const { accountId, roleName, roleSessionName, partition = 'aws' } = parts;
  for (const [name, value] of Object.entries({ roleName, roleSessionName })) {
    if (value === undefined) throw optionInvalid(subject, name, 'given');
  }
  const name = roleName.slice(roleName.lastIndexOf('/') + 1);
  return `arn:${partition}:sts::${accountIdText(subject, accountId)}:assumed-role/${name}/${roleSessionName}`;
}
