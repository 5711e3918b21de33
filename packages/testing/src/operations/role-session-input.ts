import type { Constraints } from '../protocol/constraints.js';
import type { QueryParams } from '../protocol/query-protocol.js';
import { ServiceError } from '../protocol/service-error.js';
import { readSessionPolicy, type SessionPolicyInput } from './session-policy.js';

/** The limits of a session that every way of assuming a role takes. */
export interface SessionLimits {
  readonly durationSeconds: number | undefined;
  readonly sessionPolicy: SessionPolicyInput;
}

/** The parameters of the ways of assuming a role in which the caller names the session. */
export interface RoleSessionInput extends SessionLimits {
  readonly roleArn: string;
  readonly roleSessionName: string;
}

/** Characters of a session name and of a source identity, as AWS quotes them. */
export const SESSION_NAME: RegExp = /[\w+=,.@-]*/;

/** Reads these parameters; what is wrong with them is told when the constraints are checked. */
export const readRoleSessionInput = (params: QueryParams, constraints: Constraints): RoleSessionInput => ({
  roleArn: readArn('RoleArn', constraints),
  roleSessionName:
    constraints.text('RoleSessionName', { required: true, minimum: 2, maximum: 64, pattern: SESSION_NAME }) ?? '',
  ...readSessionLimits(params, constraints),
});

/** Reads the ARN of a role or of a provider, of which only the length is a constraint. */
export const readArn = (name: string, constraints: Constraints): string =>
  constraints.text(name, { required: true, minimum: 20, maximum: 2048 }) ?? '';

/** Reads the duration and the policies of a session. */
export const readSessionLimits = (params: QueryParams, constraints: Constraints): SessionLimits => ({
  durationSeconds: constraints.integer('DurationSeconds', 900, 43_200),
  sessionPolicy: readSessionPolicy(params, constraints),
});

/** Refuses what is no ARN, and the ARN of anything but a role. */
export const checkRoleArn = (arn: string): void => checkIamArn(arn, /^role\/\S+$/);

/** Refuses what is no ARN of IAM, and the ARN of another kind of resource. */
export function checkIamArn(arn: string, kind: RegExp): void {
  const resource = /^arn:[\w-]+:iam::\d{12}:(.+)$/.exec(arn)?.[1];
  if (resource === undefined) throw new ServiceError('ValidationError', 'Request ARN is invalid');
  if (!kind.test(resource)) throw new ServiceError('ValidationError', `${arn} is invalid`);
}
