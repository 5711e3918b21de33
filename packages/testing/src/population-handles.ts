import type { FakeMfaDevice } from './mfa-device.js';
import type { Permission } from './permissions.js';
import type { Trust } from './trust.js';
import type { TrustPolicyDocument } from './trust-policy.js';

/** An account of a fake AWS. */
export interface FakeAccount {
  readonly type: 'account';
  readonly accountId: string;
  readonly partition: string;
  /** ARN of its root user, which `clientConfig` takes. */
  readonly rootArn: string;
  /** Replaces the alias; several are possible here, so that pages can be tested. `undefined` removes it. */
  setAlias(alias: string | readonly string[] | undefined): void;
  /** Replaces the buckets that ListBuckets shows. */
  setBuckets(names: readonly string[]): void;
}

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
