import { type OptionCheck, optionInvalid } from '@bsm/core-cache';

/** Accepts text that matches a pattern as a whole; without words for it, the error shows the pattern, as those of AWS do. */
export function isMatch(pattern: RegExp, expected: string = `text that matches ${pattern.source}`): OptionCheck {
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

/** Accepts the name of a role session, which is what CloudTrail shows. */
export const isRoleSessionName: OptionCheck = /* @__PURE__ */ isMatch(/^[\w+=,.@-]{2,64}$/);

/** Accepts the ARN of an IAM role, of every partition, with or without a path. */
export const isRoleArn: OptionCheck = /* @__PURE__ */ isMatch(
  /^arn:aws[a-z-]{0,20}:iam::\d{12}:role\/(?:[!-~]{1,511}\/)?[\w+=,.@-]{1,64}$/,
  'the ARN of an IAM role, such as arn:aws:iam::123456789012:role/name',
);

/** Accepts the name of a region. It becomes part of a host name, so nothing else may pass. */
export const isRegion: OptionCheck = /* @__PURE__ */ isMatch(/^[a-z0-9-]{1,63}$/);

/** Accepts the partition of an ARN. */
export const isPartition: OptionCheck = /* @__PURE__ */ isMatch(/^aws(?:-[a-z]+)*$/, 'a partition such as aws-cn');

/** Accepts the name of a role with its path before it, or without one. */
export const isRoleName: OptionCheck = /* @__PURE__ */ isMatch(
  /^\/?(?:[!-.0-~]+\/)*[\w+=,.@-]{1,64}$/,
  'the name of a role, with or without its path',
);
