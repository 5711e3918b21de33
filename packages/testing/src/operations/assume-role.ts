import { decideFor, notAuthorized } from '../policy/authorize.js';
import { conditionContext } from '../policy/condition.js';
import { trusts } from '../policy/trust-policy.js';
import { ServiceError } from '../protocol/service-error.js';
import { type AccessKey, callerArn, callerUserId, type RolePrincipal } from '../world/identity.js';
import { findRole } from '../world/world.js';
import { type AssumeRoleInput, readAssumeRoleInput } from './assume-role-input.js';
import { issueRoleSession } from './issue-role-session.js';
import { type Operation, type OperationCall, signedCaller } from './operation.js';
import { packedPolicySize, sessionPermissions } from './session-policy.js';
import { joinTags, type SessionTags } from './session-tags.js';
import { mfaContext, verifyMfa } from './verify-mfa.js';

/** STS AssumeRole. */
export const assumeRole: Operation = {
  service: 'sts',
  version: '2011-06-15',
  name: 'AssumeRole',
  handle(call) {
    const caller = signedCaller(call);
    const input = readAssumeRoleInput(call.params);
    const permissions = sessionPermissions(input.sessionPolicy);
    const tags = joinTags(input.tags, caller.session);
    const size = packedPolicySize(input.sessionPolicy, tags.all);
    const sourceIdentity = input.sourceIdentity ?? caller.session?.sourceIdentity;
    const mfaAt = verifyMfa(call.world, caller, input.mfa);
    const role = authorizedRole(call, { input, tags, sourceIdentity, mfaAt });
    refuseLongChain(input.durationSeconds, caller);
    const session = issueRoleSession(call, role, input, {
      sourceIdentity,
      tags: tags.all,
      transitiveTagKeys: tags.transitiveKeys,
      sessionPolicy: permissions,
    });
    return { ...session, PackedPolicySize: size };
  },
};

interface Request {
  readonly input: AssumeRoleInput;
  readonly tags: SessionTags;
  readonly sourceIdentity: string | undefined;
  readonly mfaAt: number | undefined;
}

/** The role, when the caller's permissions and the trust policy both let the caller have it as it asks for it. */
function authorizedRole(call: OperationCall, request: Request): RolePrincipal {
  const caller = signedCaller(call);
  const { roleArn } = request.input;
  if (caller.principal.type === 'root') {
    throw new ServiceError('AccessDenied', 'Roles may not be assumed by root accounts.', 403);
  }
  const fixedIdentity = caller.session?.sourceIdentity;
  if (fixedIdentity !== undefined && fixedIdentity !== request.sourceIdentity) {
    throw notAuthorized(callerArn(caller), 'sts:SetSourceIdentity', roleArn);
  }
  const role = findRole(call.world, roleArn);
  const context = requestContext(call, request);
  const names = [callerArn(caller), caller.principal.arn];
  const who = { kind: 'AWS' as const, names, accountId: caller.principal.account.accountId };
  for (const action of neededActions(request)) {
    const trusted = role !== undefined && trusts(role.trust, action, who, context);
    if (!trusted || decideFor(caller, action, roleArn) !== 'allowed') {
      throw notAuthorized(callerArn(caller), action, roleArn);
    }
  }
  return role!;
}

/** Tags and a source identity need permissions of their own, also those that the caller's session hands on. */
function neededActions({ tags, sourceIdentity }: Request): readonly string[] {
  return [
    'sts:AssumeRole',
    ...(tags.all.size > 0 ? ['sts:TagSession'] : []),
    ...(sourceIdentity === undefined ? [] : ['sts:SetSourceIdentity']),
  ];
}

function requestContext(call: OperationCall, request: Request): ReturnType<typeof conditionContext> {
  const caller = signedCaller(call);
  const { input, tags } = request;
  return conditionContext([
    ['sts:ExternalId', input.externalId],
    ['sts:RoleSessionName', input.roleSessionName],
    ['sts:SourceIdentity', request.sourceIdentity],
    ['sts:TransitiveTagKeys', some(tags.transitiveKeys)],
    ['aws:TagKeys', some([...tags.all.keys()])],
    ['aws:PrincipalArn', caller.principal.arn],
    ['aws:PrincipalAccount', caller.principal.account.accountId],
    ['aws:PrincipalType', PRINCIPAL_TYPES[caller.principal.type]],
    ['aws:userid', callerUserId(caller)],
    ['aws:username', caller.principal.type === 'user' ? caller.principal.name : undefined],
    ['aws:SourceIdentity', caller.session?.sourceIdentity],
    ['aws:CurrentTime', new Date(call.world.now()).toISOString()],
    ...mfaContext(caller, request.mfaAt, call.world.now()),
    ...[...tags.all].map(([key, value]) => [`aws:RequestTag/${key}`, value] as const),
    ...[...(caller.session?.tags ?? [])].map(([key, value]) => [`aws:PrincipalTag/${key}`, value] as const),
  ]);
}

const PRINCIPAL_TYPES = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const;

const some = (values: readonly string[]): readonly string[] | undefined => (values.length > 0 ? values : undefined);

/** A session that was made by a session of a role lives for an hour at most. */
function refuseLongChain(durationSeconds: number | undefined, caller: AccessKey): void {
  if (caller.principal.type !== 'role' || durationSeconds === undefined || durationSeconds <= 3600) return;
  throw new ServiceError(
    'ValidationError',
    'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
  );
}
