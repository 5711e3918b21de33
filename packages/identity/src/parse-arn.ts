import { BsmError } from '@bsm/core-cache';

/** The parts of an Amazon Resource Name. */
export interface Arn {
  /** `aws`, `aws-cn`, `aws-us-gov`, ... */
  readonly partition: string;
  readonly service: string;
  /** Empty for global services such as IAM. */
  readonly region: string;
  /** Mostly twelve digits; empty (S3 buckets) or a word (`aws` for AWS-managed policies) where AWS writes it so. */
  readonly accountId: string;
  /** Everything after the fifth colon, further colons included. */
  readonly resource: string;
}

/** AWS's own limit for ARNs in IAM and STS. */
const LONGEST_ARN = 2048;

/**
 * Splits an Amazon Resource Name into its parts.
 *
 * Pure: asks nobody. The parts are checked for their form only, so that partitions and services of the future are accepted:
 * partition, service and resource are not empty, and control characters appear nowhere. Joining the parts with colons gives
 * the same text again.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 *
 * @throws BsmError `ERR_BSM_ARN_INVALID`. The text is not shown, since it could be anything.
 *
 * @example
 * ```ts
 * parseArn('arn:aws:iam::123456789012:role/deploy').resource; // 'role/deploy'
 * ```
 */
export function parseArn(arn: string): Arn {
  if (typeof arn === 'string' && arn.length <= LONGEST_ARN) {
    const [prefix, partition, service, region, accountId, ...rest] = arn.split(':');
    const resource = rest.join(':');
    if (
      prefix === 'arn' &&
      isName(partition) &&
      isName(service) &&
      isOptionalName(region) &&
      isOptionalName(accountId) &&
      isResource(resource)
    ) {
      return { partition, service, region, accountId, resource };
    }
  }
  throw new BsmError(
    'ERR_BSM_ARN_INVALID',
    'The text is no ARN. Expected arn:partition:service:region:account:resource, such as arn:aws:iam::123456789012:role/name.',
  );
}

function isName(text: string | undefined): text is string {
  return text !== undefined && /^[a-z][a-z0-9-]*$/i.test(text);
}

function isOptionalName(text: string | undefined): text is string {
  return text !== undefined && /^[\w*?-]*$/.test(text);
}

function isResource(text: string): boolean {
  // Object keys of S3 may hold spaces; a line break or an escape sequence would reach a log or a terminal.
  return /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(text);
}
