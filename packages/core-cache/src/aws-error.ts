import type { BsmErrorCode } from './error-codes.js';
import { BsmError, isBsmError } from './errors.js';
import { awsErrorFacts, scrubError } from './scrub-error.js';

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
  const awsCode = statusCode === undefined ? nodeCode : scrubbed.name;
  const code = classify(error, [scrubbed.name, awsCode ?? '', ...causeCodes(error)], statusCode);
  const reason =
    code === 'ERR_BSM_RESPONSE_INVALID' ? 'the answer could not be read' : scrubbed.message || scrubbed.name;
  return new BsmError(code, `${subject}: ${reason}`, {
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
    /^(TimeoutError|E[A-Z]{4,}|EAI_[A-Z]+|CERT_[A-Z_]+|ERR_(SSL|TLS)[A-Z_]*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+)$/,
    'ERR_BSM_ENDPOINT_UNREACHABLE',
  ],
];

function classify(error: unknown, names: readonly string[], statusCode: number | undefined): BsmErrorCode {
  if (isUnreadableAnswer(error)) return 'ERR_BSM_RESPONSE_INVALID';
  for (const [pattern, code] of KINDS) if (names.some((name) => pattern.test(name))) return code;
  if (statusCode !== undefined && statusCode >= 500) return 'ERR_BSM_SERVICE_FAILED';
  if (statusCode === 429) return 'ERR_BSM_THROTTLED';
  if (statusCode !== undefined && statusCode >= 400) return 'ERR_BSM_REQUEST_REJECTED';
  return 'ERR_BSM_REFRESH_FAILED';
}

/** An answer with a good status that the SDK could not parse: its error carries the whole body in hidden fields. */
function isUnreadableAnswer(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { $responseBodyText, $metadata, message } = error as {
    $responseBodyText?: unknown;
    $metadata?: { httpStatusCode?: number };
    message?: unknown;
  };
  const status = $metadata?.httpStatusCode;
  return (
    $responseBodyText !== undefined ||
    (typeof message === 'string' && /deserialization error/i.test(message) && !(status && status >= 400))
  );
}

/** Codes of what lies behind, such as those of an AggregateError that tried two addresses. */
function causeCodes(error: unknown): readonly string[] {
  const { cause, errors } = (error ?? {}) as { cause?: unknown; errors?: unknown };
  const behind = [cause, ...(Array.isArray(errors) ? errors : [])];
  return behind.flatMap((link) => awsErrorFacts(link).code ?? []);
}
