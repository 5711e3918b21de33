import { checkOptions, type OptionCheck, optionInvalid } from '@bsm/core-cache';

/** Accepts text that matches a pattern. The error shows the pattern, as those of AWS do, unless there are words for it. */
export function isMatch(pattern: RegExp, expected: string = `text like ${pattern.source}`): OptionCheck {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : expected);
}

/** Accepts a list of up to `max` entries that all pass a check; the error names the entry. */
export function isListOf(subject: string, max: number, check: OptionCheck): OptionCheck {
  return (value, name) => {
    if (!Array.isArray(value) || value.length > max) return `a list of at most ${max}`;
    for (const [index, entry] of value.entries()) {
      const option = `${name}[${index}]`;
      const expected = check(entry, option);
      if (expected !== undefined) throw optionInvalid(subject, option, expected);
    }
    return undefined;
  };
}

/** Accepts an object that has all members of one list, may have those of another, and no more. */
export function isObjectOf(
  subject: string,
  required: Readonly<Record<string, OptionCheck>>,
  optional: Readonly<Record<string, OptionCheck>> = {},
): OptionCheck {
  return (value, name) => {
    checkOptions(subject, value ?? null, { ...required, ...optional }, `${name}.`);
    const missing = Object.keys(required).find((key) => (value as Record<string, unknown>)[key] === undefined);
    return missing && `an object with ${missing}`;
  };
}

/** Accepts the name of a role session, which is what CloudTrail shows. */
export const isRoleSessionName: OptionCheck = /* @__PURE__ */ isMatch(/^[\w+=,.@-]{2,64}$/);

/** Accepts the ARN of an IAM role, of every partition, with or without a path. */
export const isRoleArn: OptionCheck = /* @__PURE__ */ isMatch(
  /^arn:aws[a-z-]*:iam::\d{12}:role\/([!-~]+\/)?[\w+=,.@-]{1,64}$/,
);

/** Accepts the partition of an ARN. */
export const isPartition: OptionCheck = /* @__PURE__ */ isMatch(/^aws(?:-[a-z]+)*$/, 'a partition such as aws-cn');

/** Accepts the name of a role with its path before it, or without one. */
export const isRoleName: OptionCheck = /* @__PURE__ */ isMatch(
  /^\/?(?:[!-.0-~]+\/)*[\w+=,.@-]{1,64}$/,
  'the name of a role, with or without its path',
);
