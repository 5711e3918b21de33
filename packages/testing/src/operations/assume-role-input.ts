import { createConstraints } from '../protocol/constraints.js';
import type { QueryParams } from '../protocol/query-protocol.js';
import { ServiceError } from '../protocol/service-error.js';
import { readSessionPolicy, type SessionPolicyInput } from './session-policy.js';
import { readTags } from './session-tags.js';
import { type MfaInput, readMfa } from './verify-mfa.js';

/** The parameters of AssumeRole, each within its own limits. */
export interface AssumeRoleInput {
  readonly roleArn: string;
  readonly roleSessionName: string;
  readonly durationSeconds: number | undefined;
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly sessionPolicy: SessionPolicyInput;
  readonly tags: ReturnType<typeof readTags>;
  readonly mfa: MfaInput;
}

const NAME = /[\w+=,.@-]*/;

/** Reads and checks the parameters of AssumeRole; all violations are reported at once. */
export function readAssumeRoleInput(params: QueryParams): AssumeRoleInput {
  const constraints = createConstraints(params);
  const input = {
    roleArn: constraints.text('RoleArn', { required: true, minimum: 20, maximum: 2048 }) ?? '',
    roleSessionName:
      constraints.text('RoleSessionName', { required: true, minimum: 2, maximum: 64, pattern: NAME }) ?? '',
    durationSeconds: constraints.integer('DurationSeconds', 900, 43_200),
    externalId: constraints.text('ExternalId', { minimum: 2, maximum: 1224, pattern: /[\w+=,.@:/-]*/ }),
    sourceIdentity: constraints.text('SourceIdentity', { minimum: 2, maximum: 64, pattern: NAME }),
    sessionPolicy: readSessionPolicy(params, constraints),
    tags: readTags(params, constraints),
    mfa: readMfa(constraints),
  };
  constraints.check();
  checkRoleArn(input.roleArn);
  return input;
}

/** Refuses what is no ARN, and the ARN of anything but a role. */
export function checkRoleArn(arn: string): void {
  const resource = /^arn:[\w-]+:iam::\d{12}:(.+)$/.exec(arn)?.[1];
  if (resource === undefined) throw new ServiceError('ValidationError', 'Request ARN is invalid');
  if (!/^role\/\S+$/.test(resource)) throw new ServiceError('ValidationError', `${arn} is invalid`);
}
