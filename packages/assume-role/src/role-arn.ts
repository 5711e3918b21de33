import { checkOptions, optionInvalid } from '@bsm/core-cache';
import { accountIdText } from './account-id.js';
import { isMatch, isPartition, isRoleName } from './option-checks.js';

/** What the ARN of a role is made of. */
export interface RoleArnParts {
  /** Padded with zeros to 12 digits. */
  readonly accountId: string | number;
  /** May have its path before it: `team/app/deploy`. */
  readonly roleName: string;
  /** The outer slashes may be left out: `team/app`. Not together with a path in `roleName`. Default none. */
  readonly path?: string | undefined;
  /** Default `aws`. */
  readonly partition?: string | undefined;
}

/**
 * Builds the ARN of an IAM role.
 *
 * Pads account ids to 12 digits and tolerates missing outer slashes, as `get_role_arn` of aws-assume-role-lib does. Unlike it,
 * refuses what cannot be an account id, a role name, a path or a partition.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` naming the part.
 *
 * @example
 * ```ts
 * roleArn({ accountId: 123456789012, roleName: 'deploy', path: '/team/' }); // 'arn:aws:iam::123456789012:role/team/deploy'
 * ```
 */
export function roleArn(parts: RoleArnParts): string {
  checkOptions<RoleArnParts>('roleArn', parts ?? null, {
    accountId: () => undefined,
    roleName: isRoleName,
    path: isMatch(/^\/?(?:[!-.0-~]+\/)*[!-.0-~]*$/, 'a path such as /team/app/'),
    partition: isPartition,
  });
  const { accountId, roleName, path = '', partition = 'aws' } = parts;
  if (roleName === undefined) throw optionInvalid('roleArn', 'roleName', 'given');
  const name = withoutOuterSlashes(roleName);
  const folders = withoutOuterSlashes(path);
  if (folders !== '' && name.includes('/')) throw optionInvalid('roleArn', 'path', 'absent when roleName has a path');
  return `arn:${partition}:iam::${accountIdText('roleArn', accountId)}:role/${folders && `${folders}/`}${name}`;
}

function withoutOuterSlashes(text: string): string {
  return text.replace(/^\/|\/$/g, '');
}
