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
  const expected = `a policy document, or its JSON text, of at most ${LONGEST_POLICY} characters`;
  try {
    const text = policyText(value as SessionPolicy);
    return text.length <= LONGEST_POLICY && isObject(JSON.parse(text), name) === undefined ? undefined : expected;
  } catch {
    return expected;
  }
};
