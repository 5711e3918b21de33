import { FakeAwsError } from '../fake-aws-error.js';
import {
  accountId,
  anything,
  checkOptions,
  integer,
  type OptionRules,
  partition,
  path,
  principalName,
  required,
} from '../option-check.js';
import { type Permission, permissionsRule } from '../policy/permissions.js';
import { type Trust, trustDocument } from '../policy/trust.js';
import { parseTrustPolicy, type TrustPolicy, type TrustPolicyDocument } from '../policy/trust-policy.js';
import { assumedRoleArn, type RolePrincipal } from './identity.js';
import { makeUniqueId } from './key-ids.js';
import { accountOf, type FakePrincipal, principalHandle, registerPrincipal } from './register-principal.js';
import type { World } from './world.js';

/** A role to add. Its account is made when it does not exist. */
export interface AddRoleOptions {
  readonly accountId: string;
  readonly roleName: string;
  /** Default `/`. A role of IAM Identity Center has `/aws-reserved/sso.amazonaws.com/` and a name `AWSReservedSSO_…`. */
  readonly path?: string | undefined;
  /** Partition of an account that is made. */
  readonly partition?: string | undefined;
  /** Who may assume it, in short. Default: principals of its own account. */
  readonly trust?: Trust | undefined;
  /** Who may assume it, as a policy document or its JSON text. Not together with `trust`. */
  readonly trustPolicy?: TrustPolicyDocument | string | undefined;
  /** Seconds, 3600 to 43200. Default 3600. */
  readonly maxSessionDuration?: number | undefined;
  /** What its sessions may do. Default: everything. */
  readonly permissions?: readonly Permission[] | undefined;
}

/** A role of a fake AWS. */
export interface FakeRole extends FakePrincipal {
  readonly type: 'role';
  readonly roleName: string;
  /** The ARN of a session of this role, which `clientConfig` takes. */
  sessionArn(roleSessionName: string): string;
  /** Replaces the trust policy by a short one. */
  setTrust(trust: Trust): void;
  /** Replaces the trust policy. */
  setTrustPolicy(document: TrustPolicyDocument | string): void;
}

/** Adds a role. */
export function addRole(world: World, options: AddRoleOptions, at = ''): FakeRole {
  checkOptions<AddRoleOptions>(options, roleRules(), at);
  const trust = trustOf(options, at);
  const account = accountOf(world, options, at);
  const role = registerPrincipal<RolePrincipal>(world, `${at}roleName`, {
    type: 'role',
    account,
    arn: `arn:${account.partition}:iam::${account.accountId}:role${options.path ?? '/'}${options.roleName}`,
    userId: makeUniqueId('AROA'),
    name: options.roleName,
    permissions: options.permissions ?? ['*'],
    deleted: false,
    trust,
    maxSessionDuration: options.maxSessionDuration ?? 3600,
  });
  return {
    ...principalHandle(role),
    type: 'role',
    roleName: role.name,
    sessionArn: (roleSessionName) => assumedRoleArn(role, roleSessionName),
    setTrust(next) {
      role.trust = parseTrustPolicy(trustDocument(next, 'trust'), 'trust');
    },
    setTrustPolicy(document) {
      role.trust = parseTrustPolicy(document, 'trustPolicy');
    },
  };
}

function trustOf(options: AddRoleOptions, at: string): TrustPolicy {
  if (options.trust !== undefined && options.trustPolicy !== undefined) {
    throw new FakeAwsError(`${at}trustPolicy`, 'cannot be given together with trust');
  }
  if (options.trustPolicy !== undefined) return parseTrustPolicy(options.trustPolicy, `${at}trustPolicy`);
  return parseTrustPolicy(trustDocument(options.trust ?? options.accountId, `${at}trust`), `${at}trust`);
}

const roleRules = (): OptionRules<AddRoleOptions> => ({
  accountId: required(accountId()),
  roleName: required(principalName(1, 64)),
  path: path(),
  partition: partition(),
  trust: anything(),
  trustPolicy: anything(),
  maxSessionDuration: integer(3600, 43_200),
  permissions: permissionsRule(),
});
