import { FakeAwsError } from './fake-aws-error.js';
import type { AccessKey, Account, Principal, RolePrincipal } from './identity.js';
import { makeUniqueId } from './key-ids.js';
import { createMfaDevice, type FakeMfaDevice } from './mfa-device.js';
import { checkOptions } from './option-check.js';
import type { FakeAccessKey, FakeAccount, FakePrincipal, FakeRole, FakeUser } from './population-handles.js';
import {
  ACCOUNT_RULES,
  type AddAccountOptions,
  type AddFederatedUserOptions,
  type AddRoleOptions,
  type AddUserOptions,
  FEDERATED_USER_RULES,
  ROLE_RULES,
  USER_RULES,
} from './population-options.js';
import { trustDocument } from './trust.js';
import { parseTrustPolicy, type TrustPolicy } from './trust-policy.js';
import { issueLongTermKey, type World } from './world.js';

/** Adds an account, or gives an account that a user or role brought along its alias and buckets. */
export function addAccount(world: World, options: AddAccountOptions, at = ''): FakeAccount {
  checkOptions<AddAccountOptions>(options, ACCOUNT_RULES(), at);
  const existing = world.accounts.get(options.accountId);
  if (existing?.declared === true) throw new FakeAwsError(`${at}accountId`, 'is the id of an account that exists');
  if (existing !== undefined && options.partition !== undefined && options.partition !== existing.partition) {
    throw new FakeAwsError(`${at}partition`, 'is not the one that principals of this account already have');
  }
  const account = existing ?? createAccount(world, options.accountId, options.partition);
  account.declared = true;
  if (options.alias !== undefined) account.aliases = [options.alias].flat();
  if (options.buckets !== undefined) account.buckets = toBuckets(world, options.buckets);
  return {
    type: 'account',
    accountId: account.accountId,
    partition: account.partition,
    rootArn: rootArn(account),
    setAlias(alias) {
      account.aliases = alias === undefined ? [] : [alias].flat();
    },
    setBuckets(names) {
      account.buckets = toBuckets(world, names);
    },
  };
}

/** Adds a user with an access key. */
export function addUser(world: World, options: AddUserOptions, at = ''): FakeUser {
  checkOptions<AddUserOptions>(options, USER_RULES(), at);
  const account = accountOf(world, options, at);
  const user = register(world, `${at}userName`, {
    type: 'user',
    account,
    arn: `arn:${account.partition}:iam::${account.accountId}:user${options.path ?? '/'}${options.userName}`,
    userId: makeUniqueId('AIDA'),
    name: options.userName,
    permissions: options.permissions ?? ['*'],
    deleted: false,
  });
  if (options.accessKey !== undefined && world.keys.has(options.accessKey.accessKeyId)) {
    throw new FakeAwsError(`${at}accessKey`, 'is a key that exists');
  }
  const key = keyHandle(world, issueLongTermKey(world, user, options.accessKey));
  return {
    ...principalHandle(user),
    type: 'user',
    userName: user.name,
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.secretAccessKey,
    accessKey: key,
    mfaDevice: options.mfaSerial === undefined ? undefined : addMfaDevice(world, user, options.mfaSerial),
    createAccessKey: () => keyHandle(world, issueLongTermKey(world, user)),
  };
}

/** Adds a role. */
export function addRole(world: World, options: AddRoleOptions, at = ''): FakeRole {
  checkOptions<AddRoleOptions>(options, ROLE_RULES(), at);
  const account = accountOf(world, options, at);
  const role: RolePrincipal = {
    type: 'role',
    account,
    arn: `arn:${account.partition}:iam::${account.accountId}:role${options.path ?? '/'}${options.roleName}`,
    userId: makeUniqueId('AROA'),
    name: options.roleName,
    permissions: options.permissions ?? ['*'],
    deleted: false,
    trust: trustOf(options, at),
    maxSessionDuration: options.maxSessionDuration ?? 3600,
  };
  register(world, `${at}roleName`, role);
  return {
    ...principalHandle(role),
    type: 'role',
    roleName: role.name,
    sessionArn: (name) => `arn:${account.partition}:sts::${account.accountId}:assumed-role/${role.name}/${name}`,
    setTrust(trust) {
      role.trust = parseTrustPolicy(trustDocument(trust, 'trust'), 'trust');
    },
    setTrustPolicy(document) {
      role.trust = parseTrustPolicy(document, 'trustPolicy');
    },
  };
}

/** Adds a federated user, as GetFederationToken makes one. It may not call IAM, nor STS but for its identity. */
export function addFederatedUser(world: World, options: AddFederatedUserOptions, at = ''): FakePrincipal {
  checkOptions<AddFederatedUserOptions>(options, FEDERATED_USER_RULES(), at);
  const account = accountOf(world, options, at);
  const federated = register(world, `${at}name`, {
    type: 'federated-user',
    account,
    arn: `arn:${account.partition}:sts::${account.accountId}:federated-user/${options.name}`,
    userId: `${account.accountId}:${options.name}`,
    name: options.name,
    permissions: [...(options.permissions ?? ['*']), { Effect: 'Deny', Action: ['iam:*', 'sts:*'] }],
    deleted: false,
  });
  return principalHandle(federated);
}

/** Gives a user a virtual MFA device; `true` names it after the user. */
export function addMfaDevice(world: World, user: Principal, serial: string | true): FakeMfaDevice {
  const { partition, accountId } = user.account;
  const serialNumber = serial === true ? `arn:${partition}:iam::${accountId}:mfa/${user.name}` : serial;
  if (world.mfaDevices.has(serialNumber)) throw new FakeAwsError('mfaSerial', 'is the serial of a device that exists');
  const device = createMfaDevice(serialNumber, world.now);
  world.mfaDevices.set(serialNumber, { owner: user, device });
  return { serialNumber, code: device.code };
}

/** The root user of an account, made when it is first asked for. */
export function rootPrincipal(world: World, account: Account): Principal {
  const arn = rootArn(account);
  const existing = world.principals.get(arn);
  if (existing !== undefined) return existing;
  const { accountId } = account;
  const root: Principal = {
    type: 'root',
    account,
    arn,
    userId: accountId,
    name: 'root',
    permissions: ['*'],
    deleted: false,
  };
  world.principals.set(arn, root);
  return root;
}

/** Shows a key to its owner. */
export function keyHandle(world: World, key: AccessKey): FakeAccessKey {
  return {
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.secretAccessKey,
    setActive(active) {
      key.active = active;
    },
    delete() {
      world.keys.delete(key.accessKeyId);
    },
  };
}

const rootArn = ({ partition, accountId }: Account): string => `arn:${partition}:iam::${accountId}:root`;

function principalHandle(principal: Principal): FakePrincipal {
  return {
    type: principal.type,
    accountId: principal.account.accountId,
    arn: principal.arn,
    userId: principal.userId,
    setPermissions(permissions) {
      principal.permissions = permissions;
    },
    delete() {
      principal.deleted = true;
    },
  };
}

function register<P extends Principal>(world: World, option: string, principal: P): P {
  const existing = world.principals.get(principal.arn);
  if (existing !== undefined && !existing.deleted) throw new FakeAwsError(option, 'names a principal that exists');
  world.principals.set(principal.arn, principal);
  return principal;
}

function accountOf(
  world: World,
  options: { readonly accountId: string; readonly partition?: string | undefined },
  at: string,
): Account {
  const account = world.accounts.get(options.accountId);
  if (account === undefined) return createAccount(world, options.accountId, options.partition);
  if (options.partition !== undefined && options.partition !== account.partition) {
    throw new FakeAwsError(`${at}partition`, 'is not that of the account');
  }
  return account;
}

function createAccount(world: World, accountId: string, partition = 'aws'): Account {
  const account: Account = { accountId, partition, aliases: [], buckets: [], declared: false };
  world.accounts.set(accountId, account);
  return account;
}

const toBuckets = (world: World, names: readonly string[]): Account['buckets'] =>
  names.map((name) => ({ name, creationDate: new Date(world.now()) }));

function trustOf(options: AddRoleOptions, at: string): TrustPolicy {
  if (options.trust !== undefined && options.trustPolicy !== undefined) {
    throw new FakeAwsError(`${at}trustPolicy`, 'cannot be given together with trust');
  }
  if (options.trustPolicy !== undefined) return parseTrustPolicy(options.trustPolicy, `${at}trustPolicy`);
  return parseTrustPolicy(trustDocument(options.trust ?? options.accountId, `${at}trust`), `${at}trust`);
}
