import { lambdaName } from './lambda-session-name.js';

/**
 * Names a role session whose caller did not: in Lambda after the instance of the function, else `bsm-` and random digits.
 *
 * Made once per session, so that CloudTrail shows one name through all refreshes; random, not the time, so that two sessions made
 * in the same millisecond differ.
 */
export function defaultSessionName(): string {
  if (globalThis.process?.env?.['AWS_LAMBDA_FUNCTION_NAME']) return lambdaName({});
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `bsm-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
