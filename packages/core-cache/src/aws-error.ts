import { definedFields } from './defined-fields.js';
import type { BsmErrorCode } from './error-codes.js';
import { BsmError, isBsmError } from './errors.js';
import { awsErrorFacts, isUnreadableAnswer, read, scrubError } from './scrub-error.js';

/**
 * Turns an error of the AWS SDK into a {@link BsmError}: its code says what kind it is, its message what failed and why.
 *
 * `terminal` says that retrying cannot help, whatever the code. `details` has AWS's own code (`awsCode`), request id, HTTP status and attempts; `cause` is a scrubbed copy. A BsmError passes as
 * it is.
 *
 * @example
 * ```ts
 * throw fromAwsError(error, 'Cannot list the account aliases');
 * ```
 */
export function fromAwsError(error: unknown, subject: string, terminal: boolean = false): BsmError {
  if (isBsmError(error)) return error;
  const { code: ownCode, ...facts } = awsErrorFacts(error);
  const scrubbed = scrubError(error);
  const unreadable = isUnreadableAnswer(error);
  const awsCode = unreadable || facts.statusCode === undefined ? ownCode : scrubbed.name;
  const [, code, retryable] = unreadable
    ? UNREADABLE
    : kindOf([scrubbed.name, awsCode, awsErrorFacts(scrubbed.cause).code, facts.statusCode]);
  return new BsmError(code, `${subject}: ${scrubbed.message || ownCode || scrubbed.name}`, {
    retryable: retryable && !terminal,
    cause: error,
    tryNextLink: read(error, 'tryNextLink') === true,
    details: { ...definedFields({ awsCode }), ...facts },
  });
}

/** What names and statuses an error has, the code that they mean, and whether trying again can help. */
type Kind = readonly [pattern: RegExp, code: BsmErrorCode, retryable: boolean];

const UNREADABLE: Kind = [/^/, 'ERR_BSM_RESPONSE_INVALID', true];

// The first that fits any name decides; an error that fits none did not come from AWS.
const KINDS: readonly Kind[] = [
  [/throttl|TooManyRequests|RequestLimitExceeded|SlowDown|^429$/i, 'ERR_BSM_THROTTLED', true],
  [/^(AccessDenied|Unauthorized|RegionDisabled|Forbidden)/, 'ERR_BSM_ACCESS_DENIED', false],
  [
    /^(Expired|Invalid(ClientTokenId|AccessKeyId|Signature|(Identity)?Token)|UnrecognizedClient|Signature|Request(Exp|TimeToo)|MissingAuth|IncompleteSig|IDPRejected)/,
    'ERR_BSM_CREDENTIALS_REJECTED',
    false,
  ],
  [
    /^(\w*Timeout(Error|Exception)?|E(CONN|NOTFOUND|TIMED|SOCKET|PIPE|PROTO|HOST|NET|ADDRNOT|AI_)\w*|UND_.*|ERR_(SSL|TLS|HTTP2).*|CERT_.*|UNABLE_TO.*|HOSTNAME_.*|.*SELF_SIGNED_CERT.*)$/,
    'ERR_BSM_ENDPOINT_UNREACHABLE',
    true,
  ],
  [/^5\d\d$/, 'ERR_BSM_SERVICE_FAILED', true],
  [/^4\d\d$/, 'ERR_BSM_REQUEST_REJECTED', false],
  [/^/, 'ERR_BSM_REFRESH_FAILED', true],
];

function kindOf(names: readonly (string | number | undefined)[]): Kind {
  return KINDS.find(([pattern]) => names.some((name) => name !== undefined && pattern.test(String(name)))) as Kind;
}
