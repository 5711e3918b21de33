import { createHash } from 'node:crypto';
import { conditionContext } from '../policy/condition.js';
import { trusts } from '../policy/trust-policy.js';
import { createConstraints } from '../protocol/constraints.js';
import type { QueryParams } from '../protocol/query-protocol.js';
import { ServiceError } from '../protocol/service-error.js';
import type { RolePrincipal } from '../world/identity.js';
import type { SamlClaims } from '../world/saml-response.js';
import { findRole, type SamlProvider, type World } from '../world/world.js';
import { issueRoleSession } from './issue-role-session.js';
import type { Operation } from './operation.js';
import { checkIamArn, checkRoleArn, readArn, readSessionLimits, type SessionLimits } from './role-session-input.js';
import { packedPolicySize, sessionPermissions } from './session-policy.js';
import { verifyAssertion } from './verify-assertion.js';

const ACTION = 'sts:AssumeRoleWithSAML';

/** STS AssumeRoleWithSAML: not signed, the assertion says who calls. */
export const assumeRoleWithSaml: Operation = {
  service: 'sts',
  version: '2011-06-15',
  name: 'AssumeRoleWithSAML',
  signed: false,
  handle(call) {
    const input = readInput(call.params);
    const sessionPolicy = sessionPermissions(input.sessionPolicy);
    const size = packedPolicySize(input.sessionPolicy, new Map());
    const { claims, provider } = verifyAssertion(call.world, input);
    const subject = describeSubject(claims, provider);
    const role = trustingRole(call.world, input.roleArn, provider, claims, subject);
    const { roleSessionName } = claims;
    const requested = { ...input, roleSessionName, longestSeconds: longestSession(call.world, claims) };
    return {
      ...issueRoleSession(call, role, requested, { tags: new Map(), transitiveTagKeys: [], sessionPolicy }),
      ...subject,
      PackedPolicySize: size,
    };
  },
};

interface Input extends SessionLimits {
  readonly roleArn: string;
  readonly principalArn: string;
  readonly assertion: string;
}

function readInput(params: QueryParams): Input {
  const constraints = createConstraints(params);
  const input = {
    roleArn: readArn('RoleArn', constraints),
    principalArn: readArn('PrincipalArn', constraints),
    assertion: constraints.text('SAMLAssertion', { required: true, minimum: 4, maximum: 100_000 }) ?? '',
    ...readSessionLimits(params, constraints),
  };
  constraints.check();
  checkRoleArn(input.roleArn);
  checkIamArn(input.principalArn, /^saml-provider\/[\w.-]{1,128}$/);
  return input;
}

/** What the answer tells about the subject, and trust policies ask for. */
interface SubjectDescription {
  readonly Subject: string;
  readonly SubjectType: string;
  readonly Issuer: string;
  readonly Audience: string;
  readonly NameQualifier: string;
}

const FORMAT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:';

const describeSubject = (claims: SamlClaims, { accountId, name }: SamlProvider): SubjectDescription => ({
  Subject: claims.subject,
  SubjectType: claims.nameIdFormat.startsWith(FORMAT) ? claims.nameIdFormat.slice(FORMAT.length) : claims.nameIdFormat,
  Issuer: claims.issuer,
  Audience: claims.recipient,
  NameQualifier: createHash('sha1').update(`${claims.issuer}${accountId}/${name}`).digest('base64'),
});

function trustingRole(
  world: World,
  roleArn: string,
  { arn, accountId, name }: SamlProvider,
  { roleSessionName }: SamlClaims,
  subject: SubjectDescription,
): RolePrincipal {
  const role = findRole(world, roleArn);
  const context = conditionContext([
    ['SAML:aud', subject.Audience],
    ['SAML:iss', subject.Issuer],
    ['SAML:sub', subject.Subject],
    ['SAML:sub_type', subject.SubjectType],
    ['SAML:namequalifier', subject.NameQualifier],
    ['SAML:doc', `${accountId}/${name}`],
    ['sts:RoleSessionName', roleSessionName],
  ]);
  if (role !== undefined && trusts(role.trust, ACTION, { kind: 'Federated', names: [arn] }, context)) return role;
  throw new ServiceError('AccessDenied', `Not authorized to perform ${ACTION}`, 403);
}

/** The attribute `SessionDuration` and the end of the session at the identity provider make a session shorter. */
function longestSession(world: World, { sessionDuration, sessionEndsAt }: SamlClaims): number | undefined {
  const limits = [sessionDuration, sessionEndsAt === undefined ? undefined : (sessionEndsAt - world.now()) / 1000];
  const given = limits.filter((limit) => limit !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}
