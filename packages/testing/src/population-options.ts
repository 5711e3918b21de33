import {
  accountId,
  anything,
  integer,
  isObject,
  listOf,
  matching,
  type OptionRule,
  type OptionRules,
  partition,
  path,
  required,
  rule,
  text,
} from './option-check.js';
import { isPermissionList, type Permission } from './permissions.js';
import type { Trust } from './trust.js';
import type { TrustPolicyDocument } from './trust-policy.js';

/** An account to add. */
export interface AddAccountOptions {
  /** 12 digits. */
  readonly accountId: string;
  /** Default: none. Several are possible here, so that pages can be tested. */
  readonly alias?: string | readonly string[] | undefined;
  /** Partition of all of its ARNs. Default `aws`. */
  readonly partition?: string | undefined;
  /** Names of the buckets that ListBuckets shows. Default: none. */
  readonly buckets?: readonly string[] | undefined;
}

/** A user to add. Its account is made when it does not exist. */
export interface AddUserOptions {
  readonly accountId: string;
  readonly userName: string;
  /** Default `/`. */
  readonly path?: string | undefined;
  /** Partition of an account that is made. */
  readonly partition?: string | undefined;
  /** What it may do. Default: everything. */
  readonly permissions?: readonly Permission[] | undefined;
  /** Gives it an MFA device: its serial number, or `true` for the ARN that a virtual device would have. */
  readonly mfaSerial?: string | true | undefined;
  /** Its first access key. Default: a new one, which tells the account id as those of AWS do. */
  readonly accessKey?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

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

/** A federated user to add. Its account is made when it does not exist. */
export interface AddFederatedUserOptions {
  readonly accountId: string;
  readonly name: string;
  /** Partition of an account that is made. */
  readonly partition?: string | undefined;
  /** What it may do, apart from IAM and STS, which such a user cannot call. Default: everything. */
  readonly permissions?: readonly Permission[] | undefined;
}

const name = (maximum: number): OptionRule =>
  matching(new RegExp(`^[\\w+=,.@-]{1,${maximum}}$`), `must be a name of 1 to ${maximum} letters, digits or _+=,.@-`);

const permissions = (): OptionRule =>
  rule('must be an array of actions and of statements { Effect, Action, Resource? }', isPermissionList);

const oneOrMore = (item: OptionRule): OptionRule =>
  rule(`${item.expectation}, or an array of them`, (value) => item.accepts(value) || listOf(item).accepts(value));

const accessKey = (): OptionRule =>
  rule(
    'must be { accessKeyId, secretAccessKey }',
    (value) => isObject(value) && text().accepts(value['accessKeyId']) && text().accepts(value['secretAccessKey']),
  );

export const ACCOUNT_RULES = (): OptionRules<AddAccountOptions> => ({
  accountId: required(accountId()),
  alias: oneOrMore(
    matching(/^[a-z0-9](-?[a-z0-9]){2,62}$/, 'must be an alias of 3 to 63 lower-case letters, digits or dashes'),
  ),
  partition: partition(),
  buckets: listOf(matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket name')),
});

export const USER_RULES = (): OptionRules<AddUserOptions> => ({
  accountId: required(accountId()),
  userName: required(name(64)),
  path: path(),
  partition: partition(),
  permissions: permissions(),
  mfaSerial: rule('must be true or a serial number of 9 to 256 characters', (value) =>
    value === true ? true : typeof value === 'string' && /^[\w+=/:,.@-]{9,256}$/.test(value),
  ),
  accessKey: accessKey(),
});

export const ROLE_RULES = (): OptionRules<AddRoleOptions> => ({
  accountId: required(accountId()),
  roleName: required(name(64)),
  path: path(),
  partition: partition(),
  trust: anything(),
  trustPolicy: anything(),
  maxSessionDuration: integer(3600, 43_200),
  permissions: permissions(),
});

export const FEDERATED_USER_RULES = (): OptionRules<AddFederatedUserOptions> => ({
  accountId: required(accountId()),
  name: required(matching(/^[\w+=,.@-]{2,32}$/, 'must be a name of 2 to 32 letters, digits or _+=,.@-')),
  partition: partition(),
  permissions: permissions(),
});
