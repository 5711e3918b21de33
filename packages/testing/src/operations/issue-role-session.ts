import { ServiceError } from '../protocol/service-error.js';
import type { XmlObject } from '../protocol/xml.js';
import { assumedRoleArn, type RolePrincipal, type SessionFacts } from '../world/identity.js';
import { issueCredentials } from './issue-credentials.js';
import type { OperationCall } from './operation.js';

/** What a session of a role is to be. */
export interface RequestedSession {
  readonly roleSessionName: string;
  /** Refused when the role does not allow it. Default an hour. */
  readonly durationSeconds: number | undefined;
  /** Ends the session earlier than was asked for, in seconds. */
  readonly longestSeconds?: number | undefined;
}

/** Makes a session of a role for as long as the role allows, and the elements that tell the caller about it. */
export function issueRoleSession(
  call: OperationCall,
  role: RolePrincipal,
  requested: RequestedSession,
  facts: Omit<SessionFacts, 'roleSessionName'>,
): XmlObject {
  const duration = requested.durationSeconds ?? 3600;
  if (duration > role.maxSessionDuration) {
    throw new ServiceError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const { roleSessionName, longestSeconds = duration } = requested;
  return {
    Credentials: issueCredentials(call, role, { ...facts, roleSessionName }, Math.min(duration, longestSeconds)),
    AssumedRoleUser: {
      AssumedRoleId: `${role.userId}:${roleSessionName}`,
      Arn: assumedRoleArn(role, roleSessionName),
    },
    SourceIdentity: facts.sourceIdentity,
  };
}
