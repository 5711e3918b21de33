import { createConstraints } from '../protocol/constraints.js';
import type { QueryParams } from '../protocol/query-protocol.js';
import { checkRoleArn, type RoleSessionInput, readRoleSessionInput, SESSION_NAME } from './role-session-input.js';
import { readTags, type TagInput } from './session-tags.js';
import { type MfaInput, readMfa } from './verify-mfa.js';

/** The parameters of AssumeRole, each within its own limits. */
export interface AssumeRoleInput extends RoleSessionInput {
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
  readonly tags: TagInput;
  readonly mfa: MfaInput;
}

/** Reads and checks the parameters of AssumeRole; all violations are reported at once. */
export function readAssumeRoleInput(params: QueryParams): AssumeRoleInput {
  const constraints = createConstraints(params);
  const input = {
    ...readRoleSessionInput(params, constraints),
    externalId: constraints.text('ExternalId', { minimum: 2, maximum: 1224, pattern: /[\w+=,.@:/-]*/ }),
    sourceIdentity: constraints.text('SourceIdentity', { minimum: 2, maximum: 64, pattern: SESSION_NAME }),
    tags: readTags(params, constraints),
    mfa: readMfa(constraints),
  };
  constraints.check();
  checkRoleArn(input.roleArn);
  return input;
}
