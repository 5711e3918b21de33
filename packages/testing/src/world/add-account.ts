import { FakeAwsError } from '../fake-aws-error.js';
import {
  accountId,
  checkOptions,
  listOf,
  matching,
  type OptionRule,
  type OptionRules,
  oneOrMore,
  partition,
  required,
} from '../option-check.js';
import type { Account, Principal } from './identity.js';
import { createAccount } from './register-principal.js';
import type { World } from './world.js';

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

/** An account of a fake AWS. */
export interface FakeAccount {
  readonly type: 'account';
  readonly accountId: string;
  readonly partition: string;
  /** ARN of its root user, which `clientConfig` takes. */
  readonly rootArn: string;
  /** Replaces the alias; `undefined` removes it. */
  setAlias(alias: string | readonly string[] | undefined): void;
  /** Replaces the buckets that ListBuckets shows. */
  setBuckets(buckets: readonly string[]): void;
}

/** Adds an account, or declares one that a user or role brought along. */
export function addAccount(world: World, options: AddAccountOptions, at = ''): FakeAccount {
  checkOptions<AddAccountOptions>(options, accountRules(), at);
  const account = declareAccount(world, options, at);
  if (options.alias !== undefined) account.aliases = [options.alias].flat();
  if (options.buckets !== undefined) account.buckets = toBuckets(world, options.buckets);
  return {
    type: 'account',
    accountId: account.accountId,
    partition: account.partition,
    rootArn: rootArn(account),
    setAlias(alias) {
      checkOptions({ alias }, { alias: aliasRule() });
      account.aliases = alias === undefined ? [] : [alias].flat();
    },
    setBuckets(buckets) {
      checkOptions({ buckets }, { buckets: required(bucketsRule()) });
      account.buckets = toBuckets(world, buckets);
    },
  };
}

/** The root user of an account, made when it is first asked for. */
export function rootPrincipal(world: World, account: Account): Principal {
  const arn = rootArn(account);
  const existing = world.principals.get(arn);
  if (existing !== undefined) return existing;
  const userId = account.accountId;
  const root: Principal = { type: 'root', account, arn, userId, name: 'root', permissions: ['*'], deleted: false };
  world.principals.set(arn, root);
  return root;
}

function declareAccount(world: World, options: AddAccountOptions, at: string): Account {
  const existing = world.accounts.get(options.accountId);
  if (existing?.declared === true) throw new FakeAwsError(`${at}accountId`, 'is the id of an account that exists');
  if (existing !== undefined && options.partition !== undefined && options.partition !== existing.partition) {
    throw new FakeAwsError(`${at}partition`, 'is not the one that principals of this account already have');
  }
  const account = existing ?? createAccount(world, options.accountId, options.partition);
  account.declared = true;
  return account;
}

const rootArn = ({ partition, accountId }: Account): string => `arn:${partition}:iam::${accountId}:root`;

const toBuckets = (world: World, names: readonly string[]): Account['buckets'] =>
  names.map((name) => ({ name, creationDate: new Date(world.now()) }));

const aliasRule = (): OptionRule =>
  oneOrMore(
    matching(/^[a-z0-9](-?[a-z0-9]){2,62}$/, 'must be an alias of 3 to 63 lower-case letters, digits or dashes'),
  );

const bucketsRule = (): OptionRule => listOf(matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be a bucket name'));

const accountRules = (): OptionRules<AddAccountOptions> => ({
  accountId: required(accountId()),
  alias: aliasRule(),
  partition: partition(),
  buckets: bucketsRule(),
});
