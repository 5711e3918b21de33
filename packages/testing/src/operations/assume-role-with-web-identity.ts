import { conditionContext } from '../policy/condition.js';
import { trusts } from '../policy/trust-policy.js';
import { createConstraints } from '../protocol/constraints.js';
import type { QueryParams } from '../protocol/query-protocol.js';
import { ServiceError } from '../protocol/service-error.js';
import type { RolePrincipal } from '../world/identity.js';
import { readTokenClaims, type TokenClaims } from '../world/token-issuer.js';
import { findRole, type IdentityProvider, type World } from '../world/world.js';
import { issueRoleSession } from './issue-role-session.js';
import type { Operation } from './operation.js';
import { checkRoleArn, type RoleSessionInput, readRoleSessionInput } from './role-session-input.js';
import { packedPolicySize, sessionPermissions } from './session-policy.js';

const ACTION = 'sts:AssumeRoleWithWebIdentity';

/** STS AssumeRoleWithWebIdentity: not signed, the token says who calls. Tags and a source identity in it are ignored. */
export const assumeRoleWithWebIdentity: Operation = {
  service: 'sts',
  version: '2011-06-15',
  name: 'AssumeRoleWithWebIdentity',
  signed: false,
  handle(call) {
    const input = readInput(call.params);
    const sessionPolicy = sessionPermissions(input.sessionPolicy);
    const size = packedPolicySize(input.sessionPolicy, new Map());
    const { claims, provider } = verifyToken(call.world, input);
    const role = trustingRole(call.world, input, provider, claims);
    return {
      ...issueRoleSession(call, role, input, { tags: new Map(), transitiveTagKeys: [], sessionPolicy }),
      SubjectFromWebIdentityToken: claims.sub,
      Audience: claims.aud,
      Provider: provider.arn,
      PackedPolicySize: size,
    };
  },
};

interface Input extends RoleSessionInput {
  readonly token: string;
}

function readInput(params: QueryParams): Input {
  const constraints = createConstraints(params);
  const session = readRoleSessionInput(params, constraints);
  const token = constraints.text('WebIdentityToken', { required: true, minimum: 4, maximum: 20_000 }) ?? '';
  constraints.check();
  checkRoleArn(session.roleArn);
  return { ...session, token };
}

function verifyToken(world: World, { token, roleArn }: Input): { claims: TokenClaims; provider: IdentityProvider } {
  const claims = readTokenClaims(token);
  if (claims === undefined) {
    throw invalid('The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)');
  }
  const account = roleArn.split(':')[4];
  const provider = [...world.identityProviders.values()].find(
    ({ arn, url }) => url === claims.iss && arn.split(':')[4] === account,
  );
  if (provider === undefined) throw invalid(`No OpenIDConnect provider found in your account for ${claims.iss}`);
  if (!provider.issuer.verify(token)) throw invalid('The signature of the token does not match any key of its issuer');
  if (!provider.clientIds.includes(claims.aud)) throw invalid('Incorrect token audience');
  refuseExpired(world, claims);
  return { claims, provider };
}

function refuseExpired(world: World, { exp }: TokenClaims): void {
  const now = Math.floor(world.now() / 1000);
  if (now < exp) return;
  const message = `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`;
  throw new ServiceError('ExpiredTokenException', message);
}

function trustingRole(
  world: World,
  { roleArn, roleSessionName }: Input,
  { arn, url }: IdentityProvider,
  { aud, sub }: TokenClaims,
): RolePrincipal {
  const role = findRole(world, roleArn);
  const issuer = url.slice('https://'.length);
  const context = conditionContext([
    [`${issuer}:aud`, aud],
    [`${issuer}:sub`, sub],
    ['sts:RoleSessionName', roleSessionName],
  ]);
  if (role !== undefined && trusts(role.trust, ACTION, { kind: 'Federated', names: [arn] }, context)) return role;
  throw new ServiceError('AccessDenied', `Not authorized to perform ${ACTION}`, 403);
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidIdentityToken', message);
