import { BsmError } from '@bsm/core-cache';
import { type Arn, parseArn } from './parse-arn.js';

/** The kinds of principals, as AWS writes them in ARNs. */
export type PrincipalType = 'user' | 'role' | 'assumed-role' | 'federated-user' | 'root' | 'assumed-root';

/** Who an ARN stands for. */
export interface Principal {
  readonly type: PrincipalType;
  /** With its path (`division/team/jane`), which AWS leaves out for assumed roles. `root` for the root user. */
  readonly name: string;
  /** Of an assumed role only. */
  readonly roleSessionName?: string | undefined;
  /** Twelve digits. */
  readonly accountId: string;
  readonly partition: string;
  /** The permission set of IAM Identity Center (AWS SSO) that the role belongs to. */
  readonly ssoPermissionSet?: string | undefined;
}

/**
 * Reads from an ARN who it stands for: an IAM user, a role, an assumed role, a federated user, or the root user.
 *
 * Pure: asks nobody. Works for every partition. The session name is what follows the last slash of an assumed role. A role is
 * one of IAM Identity Center only when its name is `AWSReservedSSO_`, the permission set, `_` and sixteen hexadecimal digits,
 * as AWS makes them. An assumed role without a session name is accepted, as is STS instead of IAM in the ARN of a user (the
 * local AWS imitations answer so).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 *
 * @throws BsmError `ERR_BSM_ARN_INVALID` for what is no ARN or not the ARN of a principal (a policy, a bucket, an AWS service).
 *
 * @example
 * ```ts
 * parsePrincipal('arn:aws:sts::123456789012:assumed-role/deploy/jane');
 * // { type: 'assumed-role', name: 'deploy', roleSessionName: 'jane', accountId: '123456789012', partition: 'aws' }
 * ```
 */
export function parsePrincipal(arn: string): Principal {
  const { partition, service, region, accountId, resource }: Arn = parseArn(arn);
  const owner = { accountId, partition };
  const isIdentityArn = (service === 'iam' || service === 'sts') && region === '' && /^\d{12}$/.test(accountId);
  const named = isIdentityArn ? splitResource(resource) : undefined;
  if (named) return { ...named, ...owner };
  throw new BsmError(
    'ERR_BSM_ARN_INVALID',
    'The ARN is not that of a principal. Expected a user, role, assumed role, federated user or root user.',
  );
}

type Named = Omit<Principal, 'accountId' | 'partition'>;

/** A name, after a path if there is one. Paths may hold any printable ASCII character. */
const PATH_AND_NAME = /^(?:[!-~]*\/)?[\w+=,.@-]+$/;

function splitResource(resource: string): Named | undefined {
  if (resource === 'root' || resource === 'assumed-root') return { type: resource, name: resource };
  const [, type, name = ''] = /^([a-z-]+)\/(.*)$/.exec(resource) ?? [];
  if (!PATH_AND_NAME.test(name)) return undefined;
  if (type === 'user' || type === 'federated-user') return { type, name };
  if (type === 'role') return { type, name, ...ssoPermissionSet(name) };
  return type === 'assumed-role' ? splitAssumedRole(name) : undefined;
}

function splitAssumedRole(text: string): Named | undefined {
  const [, name, roleSessionName] = /^([^/].*?)(?:\/([^/]+))?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { type: 'assumed-role', name, ...(roleSessionName && { roleSessionName }), ...ssoPermissionSet(name) };
}

function ssoPermissionSet(roleName: string): Pick<Principal, 'ssoPermissionSet'> {
  const set = /(?:^|\/)AWSReservedSSO_([^/]+)_[0-9a-f]{16}$/.exec(roleName)?.[1];
  return set === undefined ? {} : { ssoPermissionSet: set };
}
