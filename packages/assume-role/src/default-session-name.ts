import { lambdaName } from './lambda-session-name.js';

/**
 * Names a role session whose caller did not: in Lambda after the instance of the function, else `bsm-` and a random UUID.
 *
 * Made once per session, so that CloudTrail shows one name through all refreshes; random, not the time, so that two sessions made
 * in the same millisecond differ.
 */
export function defaultSessionName(): string {
  return globalThis.process?.env?.['AWS_LAMBDA_FUNCTION_NAME'] ? lambdaName({}) : `bsm-${crypto.randomUUID()}`;
}
