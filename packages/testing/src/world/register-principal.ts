import { FakeAwsError } from '../fake-aws-error.js';
import { isPermissionList, PERMISSIONS_EXPECTATION, type Permission } from '../policy/permissions.js';
import type { Account, Principal } from './identity.js';
import type { World } from './world.js';

/** A principal of a fake AWS. */
export interface FakePrincipal {
  readonly type: 'root' | 'user' | 'role' | 'federated-user';
  readonly accountId: string;
  readonly arn: string;
  /** Unique id: `AIDA…` of a user, `AROA…` of a role. */
  readonly userId: string;
  /** Replaces what it may do, also for sessions that exist. */
  setPermissions(permissions: readonly Permission[]): void;
  /** Removes it: all of its keys and sessions become invalid at once. */
  delete(): void;
}

/** Where a principal is to be. */
export interface PrincipalAccount {
  readonly accountId: string;
  readonly partition?: string | undefined;
}

/** Finds the account of a new principal, or makes it. `at` is the path of the options for an error. */
export function accountOf(world: World, { accountId, partition }: PrincipalAccount, at: string): Account {
  const existing = world.accounts.get(accountId);
  if (existing === undefined) return createAccount(world, accountId, partition);
  if (partition !== undefined && partition !== existing.partition) {
    throw new FakeAwsError(`${at}partition`, 'is not that of the account');
  }
  return existing;
}

/** Makes an account that nobody declared yet. */
export function createAccount(world: World, accountId: string, partition = 'aws'): Account {
  const account: Account = { accountId, partition, aliases: [], buckets: [], declared: false };
  world.accounts.set(accountId, account);
  return account;
}

/** Makes a principal known; its name must be free. `option` names the option that gave the name. */
export function registerPrincipal<P extends Principal>(world: World, option: string, principal: P): P {
  for (const other of world.principals.values()) {
    const same = other.type === principal.type && other.account === principal.account && other.name === principal.name;
    // A name is unique in its account, whatever the path.
    if (same && !other.deleted) throw new FakeAwsError(option, 'names a principal that exists');
  }
  world.principals.set(principal.arn, principal);
  return principal;
}

/** What the owner of a test sees of a principal. `fixed` are permissions that cannot be replaced. */
export function principalHandle(principal: Principal, fixed: readonly Permission[] = []): FakePrincipal {
  return {
    type: principal.type,
    accountId: principal.account.accountId,
    arn: principal.arn,
    userId: principal.userId,
    setPermissions(permissions) {
      if (!isPermissionList(permissions)) throw new FakeAwsError('permissions', PERMISSIONS_EXPECTATION);
      principal.permissions = [...permissions, ...fixed];
    },
    delete() {
      principal.deleted = true;
    },
  };
}
