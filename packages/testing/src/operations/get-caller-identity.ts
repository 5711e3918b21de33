import { callerArn, callerUserId } from '../world/identity.js';
import { type Operation, signedCaller } from './operation.js';

/** STS GetCallerIdentity: needs no permission, and no policy can deny it. */
export const getCallerIdentity: Operation = {
  service: 'sts',
  version: '2011-06-15',
  name: 'GetCallerIdentity',
  handle(call) {
    const key = signedCaller(call);
    return { Arn: callerArn(key), UserId: callerUserId(key), Account: key.principal.account.accountId };
  },
};
