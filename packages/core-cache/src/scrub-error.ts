import { redactErrorText } from './redact-error-text.js';

/** A copy of somebody else's error that is safe to log: known fields only, text redacted. */
export interface ScrubbedError extends Error {
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly attempts?: number | undefined;
}

/** How far a chain of causes is followed. */
const DEEPEST_CAUSE = 5;

/**
 * Copies name, code, redacted message and stack, request id, status and attempts of an error, and its causes likewise.
 *
 * Needed because errors of the AWS SDK carry the raw answer (`$response`, `$responseBodyText`): a truncated answer of STS
 * holds a live secret key there.
 */
export function scrubError(error: unknown, depth: number = 0): ScrubbedError {
  const source: Record<string, unknown> = isObject(error) ? error : { message: String(error) };
  const copy = new Error(redactErrorText(text(source['message']) ?? '')) as ScrubbedError & Record<string, unknown>;
  const stack = text(source['stack']);
  define(copy, 'name', text(source['name']) ?? 'Error');
  define(copy, 'stack', stack === undefined ? `${copy.name}: ${copy.message}` : redactErrorText(stack));
  for (const [key, value] of Object.entries(awsErrorFacts(error))) copy[key] = value;
  const cause = source['cause'];
  if (cause !== undefined && cause !== null && depth < DEEPEST_CAUSE)
    define(copy, 'cause', scrubError(cause, depth + 1));
  return copy;
}

/** What an error of the AWS SDK or of Node says in fields that hold no data of a request or an answer. */
export interface AwsErrorFacts {
  code?: string;
  requestId?: string;
  statusCode?: number;
  attempts?: number;
}

export function awsErrorFacts(error: unknown): AwsErrorFacts {
  const facts: AwsErrorFacts = {};
  if (!isObject(error)) return facts;
  const metadata = isObject(error['$metadata']) ? error['$metadata'] : {};
  const code = text(error['code']) ?? text(error['Code']);
  const requestId = text(metadata['requestId']) ?? text(error['requestId']);
  const statusCode = number(metadata['httpStatusCode']) ?? number(error['statusCode']);
  const attempts = number(metadata['attempts']) ?? number(error['attempts']);
  if (code !== undefined) facts.code = code;
  if (requestId !== undefined) facts.requestId = requestId;
  if (statusCode !== undefined) facts.statusCode = statusCode;
  if (attempts !== undefined) facts.attempts = attempts;
  return facts;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function define(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, writable: true, enumerable: false });
}
