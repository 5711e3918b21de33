import { issueCredentials } from '../operations/issue-credentials.js';
import type { OperationCall } from '../operations/operation.js';
import { conditionContext } from '../policy/condition.js';
import { trusts } from '../policy/trust-policy.js';
import { ServiceError } from '../protocol/service-error.js';
import type { RolePrincipal } from '../world/identity.js';
import { findRole, type World } from '../world/world.js';
import type { DeviceRegistry } from './device-registry.js';

/** A name under which devices ask for the sessions of a role. */
export interface RoleAlias {
  readonly roleArn: string;
  readonly durationSeconds: number;
}

/** What a device asks for. */
export interface CredentialCall extends Pick<OperationCall, 'world' | 'expiration'> {
  readonly registry: DeviceRegistry;
  readonly roleAliases: ReadonlyMap<string, RoleAlias>;
  readonly certificateId: string;
  readonly roleAlias: string;
  readonly thingName: string | undefined;
  /** From a header that AWS does not document. */
  readonly durationSeconds: number | undefined;
}

/**
 * Gives a device credentials, or refuses in the order and the words of the real service, as awslabs recorded them.
 *
 * @see https://github.com/awslabs/aws-iot-core-credential-provider-session-helper
 */
export function assumeRoleWithCertificate(call: CredentialCall): Record<string, unknown> {
  const { registry, certificateId, roleAlias, thingName } = call;
  const certificate = registry.find(certificateId);
  if (!certificate?.active) throw denied('Certificate is invalid on this endpoint');
  if (thingName !== undefined && !certificate.things.has(thingName)) throw denied('Invalid thing name passed');
  if (certificate.roleAliases?.has(roleAlias) === false) throw denied('Access Denied');
  const alias = call.roleAliases.get(roleAlias);
  if (alias === undefined) throw new ServiceError('ResourceNotFoundException', 'Role alias does not exist', 404);
  const role = trustingRole(call.world, alias.roleArn);
  const duration = call.durationSeconds ?? alias.durationSeconds;
  if (duration > role.maxSessionDuration) {
    throw invalid('The requested CredentialDurationSeconds exceeds the MaxSessionDuration set for the role');
  }
  const session = { roleSessionName: certificateId, tags: new Map<string, string>(), transitiveTagKeys: [] };
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = issueCredentials(call, role, session, duration);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

function trustingRole(world: World, roleArn: string): RolePrincipal {
  const role = findRole(world, roleArn);
  const service = { kind: 'Service', names: ['credentials.iot.amazonaws.com'] } as const;
  if (role !== undefined && trusts(role.trust, 'sts:AssumeRole', service, conditionContext([]))) return role;
  throw invalid('Unable to assume the role, or the role to assume does not exist');
}

const denied = (message: string): ServiceError => new ServiceError('AccessDeniedException', message, 403);
const invalid = (message: string): ServiceError => new ServiceError('InvalidRequestException', message, 400);
