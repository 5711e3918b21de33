import { createConstraints } from '../protocol/constraints.js';
import { ServiceError } from '../protocol/service-error.js';
import { issueCredentials } from './issue-credentials.js';
import { type Operation, signedCaller } from './operation.js';
import { readMfa, verifyMfa } from './verify-mfa.js';

const TWELVE_HOURS = 43_200;
const ONE_HOUR = 3600;

/** STS GetSessionToken: for long-term keys only; needs no permission. Credentials of a root user last an hour at most. */
export const getSessionToken: Operation = {
  service: 'sts',
  version: '2011-06-15',
  name: 'GetSessionToken',
  handle(call) {
    const caller = signedCaller(call);
    if (caller.sessionToken !== undefined) {
      throw new ServiceError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
    }
    const constraints = createConstraints(call.params);
    const asked = constraints.integer('DurationSeconds', 900, 129_600) ?? TWELVE_HOURS;
    const mfa = readMfa(constraints);
    constraints.check();
    const mfaAt = verifyMfa(call.world, caller, mfa);
    const duration = caller.principal.type === 'root' ? Math.min(asked, ONE_HOUR) : asked;
    const session = { tags: new Map<string, string>(), transitiveTagKeys: [], mfaAt };
    return { Credentials: issueCredentials(call, caller.principal, session, duration) };
  },
};
