import type { Constraints } from '../protocol/constraints.js';
import type { QueryParams } from '../protocol/query-protocol.js';
import { ServiceError } from '../protocol/service-error.js';
import { readSessionPolicy, type SessionPolicyInput } from './session-policy.js';

/** The parameters that every way of assuming a role has. */
export interface RoleSessionInput {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly durationSeconds: number | undefined;
  readonly sessionPolicy: SessionPolicyInput;
}

/** Characters of a session name and of a source identity, as AWS quotes them. */
export const SESSION_NAME: RegExp = /[\w+=,.@-]*/;

/** Reads these parameters; what is wrong with them is told when the constraints are checked. */
export const readRoleSessionInput = (params: QueryParams, constraints: Constraints): RoleSessionInput => ({
  roleArn: constraints.text('RoleArn', { required: true, minimum: 20, maximum: 2048 }) ?? '',
  roleSessionName:
    constraints.text('RoleSessionName', { required: true, minimum: 2, maximum: 64, pattern: SESSION_NAME }) ?? '',
  durationSeconds: constraints.integer('DurationSeconds', 900, 43_200),
  sessionPolicy: readSessionPolicy(params, constraints),
});

/** Refuses what is no ARN, and the ARN of anything but a role. */
export function checkRoleArn(arn: string): void {
  const resource = /^arn:[\w-]+:iam::\d{12}:(.+)$/.exec(arn)?.[1];
  if (resource === undefined) throw new ServiceError('ValidationError', 'Request ARN is invalid');
  if (!/^role\/\S+$/.test(resource)) throw new ServiceError('ValidationError', `${arn} is invalid`);
}
