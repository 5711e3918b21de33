import type { Permission } from '../policy/permissions.js';
import type { TrustPolicy } from '../policy/trust-policy.js';

/** An account: everything in it shares its partition. */
export interface Account {
  readonly accountId: string;
  readonly partition: string;
  aliases: readonly string[];
  /** `false` while only its principals brought it along. */
  declared: boolean;
  buckets: readonly Bucket[];
}

interface Bucket {
  readonly name: string;
  readonly creationDate: Date;
}

/** A principal that exists by itself, and what it may do. */
export interface Principal {
  readonly type: 'root' | 'user' | 'role' | 'federated-user';
  readonly account: Account;
  readonly arn: string;
  /** `AIDA…`, `AROA…`, the account id of a root user, `ACCOUNT:NAME` of a federated user. */
  readonly userId: string;
  readonly name: string;
  permissions: readonly Permission[];
  deleted: boolean;
}

export interface RolePrincipal extends Principal {
  readonly type: 'role';
  trust: TrustPolicy;
  readonly maxSessionDuration: number;
}

/** What a role session, or a session token of a user, carries from the call that made it. */
export interface SessionFacts {
  /** Absent for the session token of a user. */
  readonly roleSessionName?: string | undefined;
  readonly sourceIdentity?: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly transitiveTagKeys: readonly string[];
  /** Permissions of the session policy; `undefined` when there is none. */
  readonly sessionPolicy?: readonly Permission[] | undefined;
  /** Virtual time of the MFA of this session, if any. */
  readonly mfaAt?: number | undefined;
}

/** An access key and what it stands for. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | undefined;
  /** Virtual time; `undefined` for the long-term key of a user. */
  readonly expiresAt: number | undefined;
  readonly principal: Principal;
  readonly session: SessionFacts | undefined;
  active: boolean;
}

/** The ARN that GetCallerIdentity gives for a key. */
export function callerArn(key: AccessKey): string {
  const { principal, session } = key;
  if (principal.type !== 'role') return principal.arn;
  return assumedRoleArn(principal, session?.roleSessionName ?? '');
}

/** The ARN of a session of a role; the path of the role is not in it. */
export const assumedRoleArn = (role: Principal, roleSessionName: string): string =>
  `arn:${role.account.partition}:sts::${role.account.accountId}:assumed-role/${role.name}/${roleSessionName}`;

/** The user id that GetCallerIdentity gives for a key. */
export const callerUserId = (key: AccessKey): string =>
  key.principal.type === 'role'
    ? `${key.principal.userId}:${key.session?.roleSessionName ?? ''}`
    : key.principal.userId;
