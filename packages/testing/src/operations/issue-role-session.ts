import { ServiceError } from '../protocol/service-error.js';
import type { XmlObject } from '../protocol/xml.js';
import { assumedRoleArn, type RolePrincipal, type SessionFacts } from '../world/identity.js';
import { issueCredentials } from './issue-credentials.js';
import type { OperationCall } from './operation.js';
import type { RoleSessionInput } from './role-session-input.js';

/** Makes a session of a role for as long as the role allows, and the elements that tell the caller about it. */
export function issueRoleSession(
  call: OperationCall,
  role: RolePrincipal,
  input: RoleSessionInput,
  facts: Omit<SessionFacts, 'roleSessionName'>,
): XmlObject {
  const duration = input.durationSeconds ?? 3600;
  if (duration > role.maxSessionDuration) {
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const { roleSessionName } = input;
  return {
    Credentials: issueCredentials(call, role, { ...facts, roleSessionName }, duration),
    AssumedRoleUser: {
      AssumedRoleId: `${role.userId}:${roleSessionName}`,
      Arn: assumedRoleArn(role, roleSessionName),
    },
    SourceIdentity: facts.sourceIdentity,
  };
}
