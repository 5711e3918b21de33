import type { BsmErrorCode } from './error-codes.js';
import { BsmError, isBsmError } from './errors.js';
import { awsErrorFacts, isUnreadableAnswer, read, scrubError } from './scrub-error.js';

/**
 * Turns an error of the AWS SDK into a {@link BsmError}: its code says what kind it is, its message what failed and why.
 *
 * `details` has AWS's own code (`awsCode`), request id, HTTP status and attempts; `cause` is a scrubbed copy. A BsmError passes as
 * it is.
 *
 * @example
 * ```ts
 * throw fromAwsError(error, 'Cannot list the account aliases');
 * ```
 */
export function fromAwsError(error: unknown, subject: string): BsmError {
  if (isBsmError(error)) return error;
  const { code: nodeCode, requestId, statusCode, attempts } = awsErrorFacts(error);
  const scrubbed = scrubError(error);
  const unreadable = isUnreadableAnswer(error);
  const awsCode = unreadable || statusCode === undefined ? nodeCode : scrubbed.name;
  const code = unreadable
    ? 'ERR_BSM_RESPONSE_INVALID'
    : classify([scrubbed.name, awsCode ?? '', ...codesBehind(error)], statusCode);
  return new BsmError(code, `${subject}: ${scrubbed.message || reasonBehind(error) || scrubbed.name}`, {
    retryable: RETRYABLE.includes(code),
    cause: error,
    details: {
      ...(awsCode !== undefined && { awsCode }),
      ...(requestId !== undefined && { requestId }),
      ...(statusCode !== undefined && { statusCode }),
      ...(attempts !== undefined && { attempts }),
    },
  });
}

const RETRYABLE: readonly BsmErrorCode[] = [
  'ERR_BSM_THROTTLED',
  'ERR_BSM_SERVICE_FAILED',
  'ERR_BSM_ENDPOINT_UNREACHABLE',
  'ERR_BSM_RESPONSE_INVALID',
];

const KINDS: readonly (readonly [RegExp, BsmErrorCode])[] = [
  [/throttl|TooManyRequests|RequestLimitExceeded|SlowDown|BandwidthLimit/i, 'ERR_BSM_THROTTLED'],
  [/^(AccessDenied|Unauthorized|RegionDisabled|Forbidden)/, 'ERR_BSM_ACCESS_DENIED'],
  [
    /^(ExpiredToken|InvalidToken|InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidAccessKeyId|InvalidSignature|RequestExpired|RequestTimeTooSkewed|MissingAuthenticationToken|IncompleteSignature|InvalidIdentityToken|IDPRejectedClaim)/,
    'ERR_BSM_CREDENTIALS_REJECTED',
  ],
  [
    /^(TimeoutError|RequestTimeout\w*|NetworkingError|E(CONN(REFUSED|RESET|ABORTED)|NOTFOUND|TIMEDOUT|SOCKETTIMEDOUT|PIPE|PROTO|(HOST|NET)(UNREACH|DOWN)|ADDRNOTAVAIL)|EAI_\w+|UND_ERR_\w+|ERR_(SSL|TLS|HTTP2)\w*|CERT_\w+|\w*SELF_SIGNED_CERT\w*|UNABLE_TO_(GET|VERIFY)\w+|HOSTNAME_MISMATCH)$/,
    'ERR_BSM_ENDPOINT_UNREACHABLE',
  ],
];

function classify(names: readonly string[], statusCode: number | undefined): BsmErrorCode {
  for (const [pattern, code] of KINDS) if (names.some((name) => pattern.test(name))) return code;
  if (statusCode !== undefined && statusCode >= 500) return 'ERR_BSM_SERVICE_FAILED';
  if (statusCode === 429) return 'ERR_BSM_THROTTLED';
  if (statusCode !== undefined && statusCode >= 400) return 'ERR_BSM_REQUEST_REJECTED';
  return 'ERR_BSM_REFRESH_FAILED';
}

/** What lies behind an error, such as the two refusals of an AggregateError that tried two addresses. */
function linksBehind(error: unknown): readonly unknown[] {
  const errors = read(error, 'errors');
  return [read(error, 'cause'), ...(Array.isArray(errors) ? errors : [])];
}

function codesBehind(error: unknown): readonly string[] {
  return linksBehind(error).flatMap((link) => awsErrorFacts(link).code ?? []);
}

/** An AggregateError has no message of its own. */
function reasonBehind(error: unknown): string {
  const reasons = linksBehind(error).map((link) => scrubError(link).message);
  return reasons.filter(Boolean).join('; ') || (awsErrorFacts(error).code ?? '');
}
