import { FakeAwsError } from '../fake-aws-error.js';
import {
  accountId,
  checkOptions,
  isObject,
  type OptionRule,
  type OptionRules,
  partition,
  path,
  principalName,
  required,
  rule,
  text,
} from '../option-check.js';
import { type Permission, permissionsRule } from '../policy/permissions.js';
import { addMfaDevice, mfaSerialRule } from './add-mfa-device.js';
import type { AccessKey } from './identity.js';
import { makeUniqueId } from './key-ids.js';
import type { FakeMfaDevice } from './mfa-device.js';
import { accountOf, type FakePrincipal, principalHandle, registerPrincipal } from './register-principal.js';
import { issueLongTermKey, type World } from './world.js';

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

/** A user of a fake AWS with its first access key. */
export interface FakeUser extends FakePrincipal {
  readonly type: 'user';
  readonly userName: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly accessKey: FakeAccessKey;
  /** The device of the option `mfaSerial`. */
  readonly mfaDevice: FakeMfaDevice | undefined;
  /** Makes one more access key. */
  createAccessKey(): FakeAccessKey;
}

/** An access key of a user. */
export interface FakeAccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Deactivates or activates it, as `UpdateAccessKey` does. */
  setActive(active: boolean): void;
  /** Deletes it for good. */
  delete(): void;
}

/** Adds a user with an access key. */
export function addUser(world: World, options: AddUserOptions, at = ''): FakeUser {
  checkOptions<AddUserOptions>(options, userRules(), at);
  if (options.accessKey !== undefined && world.keys.has(options.accessKey.accessKeyId)) {
    throw new FakeAwsError(`${at}accessKey`, 'is a key that exists');
  }
  const account = accountOf(world, options, at);
  const user = registerPrincipal(world, `${at}userName`, {
    type: 'user',
    account,
    arn: `arn:${account.partition}:iam::${account.accountId}:user${options.path ?? '/'}${options.userName}`,
    userId: makeUniqueId('AIDA'),
    name: options.userName,
    permissions: options.permissions ?? ['*'],
    deleted: false,
  });
  const key = keyHandle(world, issueLongTermKey(world, user, options.accessKey));
  return {
    ...principalHandle(user),
    type: 'user',
    userName: user.name,
    accessKeyId: key.accessKeyId,
    secretAccessKey: key.secretAccessKey,
    accessKey: key,
    mfaDevice:
      options.mfaSerial === undefined ? undefined : addMfaDevice(world, user, options.mfaSerial, `${at}mfaSerial`),
    createAccessKey: () => keyHandle(world, issueLongTermKey(world, user)),
  };
}

function keyHandle(world: World, key: AccessKey): FakeAccessKey {
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

const accessKeyRule = (): OptionRule =>
  rule(
    'must be { accessKeyId, secretAccessKey }',
    (value) => isObject(value) && text().accepts(value['accessKeyId']) && text().accepts(value['secretAccessKey']),
  );

const userRules = (): OptionRules<AddUserOptions> => ({
  accountId: required(accountId()),
  userName: required(principalName(1, 64)),
  path: path(),
  partition: partition(),
  permissions: permissionsRule(),
  mfaSerial: mfaSerialRule(),
  accessKey: accessKeyRule(),
});
