import { ServiceError } from '../protocol/service-error.js';
import { unknownKey } from '../signature/signature-refusals.js';
import { type AccessKey, callerArn } from '../world/identity.js';
import { type Decision, decide } from './permissions.js';

/** Decides by the permissions of the principal, and by its session policy when it has one. */
export function decideFor(key: AccessKey, action: string, resource: string): Decision {
  const decisions = [decide(key.principal.permissions, action, resource)];
  if (key.session?.sessionPolicy !== undefined) decisions.push(decide(key.session.sessionPolicy, action, resource));
  if (decisions.includes('denied')) return 'denied';
  return decisions.every((decision) => decision === 'allowed') ? 'allowed' : 'not allowed';
}

/** Refuses, in the words of IAM, what the caller's permissions do not allow. */
export function authorize(key: AccessKey, action: string, resource: string): void {
  refuseSessionToken(key);
  const decision = decideFor(key, action, resource);
  if (decision === 'allowed') return;
  const reason =
    decision === 'denied'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  throw notAuthorized(callerArn(key), action, resource, ` ${reason}`);
}

/** Credentials of GetSessionToken are not known to IAM, unless they were given for an MFA code. */
function refuseSessionToken({ principal, sessionToken, session }: AccessKey): void {
  const longTermPrincipal = principal.type === 'user' || principal.type === 'root';
  if (longTermPrincipal && sessionToken !== undefined && session?.mfaAt === undefined) throw unknownKey('iam');
}

/** The answer to a call that is not permitted. */
export const notAuthorized = (arn: string, action: string, resource: string, reason = ''): ServiceError =>
  new ServiceError(
    'AccessDenied',
    `User: ${arn} is not authorized to perform: ${action} on resource: ${resource}${reason}`,
    403,
  );
