import { isObject, type OptionCheck } from '@bsm/core-cache';

/** A session policy: a document, or its JSON text. */
export type SessionPolicy = string | object;

/** The longest inline policy that STS takes. */
const LONGEST_POLICY = 2_048;

/** Writes a policy as STS wants it. Text is sent as it was given. */
export function policyText(policy: SessionPolicy): string {
  return typeof policy === 'string' ? policy : JSON.stringify(policy);
}

/** Accepts a policy that is a JSON object of a length that STS takes. Whether it is a good policy is for AWS to say. */
export const isPolicy: OptionCheck = (value, name) => {
  // What cannot be written or read as JSON throws here, which refuses the option.
  const text = policyText(value as SessionPolicy);
  return text.length > LONGEST_POLICY
    ? `at most ${LONGEST_POLICY} characters`
    : isObject(typeof value === 'string' ? JSON.parse(text) : value, name);
};
