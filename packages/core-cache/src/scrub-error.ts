import { defineHidden } from './define-hidden.js';
import { definedFields } from './defined-fields.js';
import { redactErrorText } from './redact-error-text.js';

/** A copy of somebody else's error that is safe to log: known fields only, text redacted. */
export interface ScrubbedError extends Error {
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly attempts?: number | undefined;
}

/** How far a chain of causes is followed; a chain may be a circle. */
const DEEPEST_CAUSE = 5;

/**
 * Copies name, code, redacted message and stack, request id, status and attempts of an error, and its causes likewise.
 *
 * Needed because errors of the AWS SDK carry the raw answer (`$response`, `$responseBodyText`): a truncated answer of STS
 * holds a live secret key there. Errors of parsers quote what they could not read, so their message is not copied. Never throws,
 * whatever was thrown.
 */
export function scrubError(error: unknown, depth: number = 0): ScrubbedError {
  const message = isUnreadableAnswer(error) ? UNREADABLE : redactErrorText(messageOf(error)).trim();
  const copy: ScrubbedError = Object.assign(new Error(message), awsErrorFacts(error));
  defineHidden(copy, 'name', label(read(error, 'name')) ?? 'Error');
  defineHidden(copy, 'stack', [`${copy.name}: ${message}`, ...frames(read(error, 'stack'))].join('\n'));
  const cause = read(error, 'cause') ?? undefined;
  if (cause !== undefined && depth < DEEPEST_CAUSE) defineHidden(copy, 'cause', scrubError(cause, depth + 1));
  return copy;
}

const UNREADABLE = 'the answer could not be read';

/** Whether the error is about a text that could not be parsed, which may be an answer with credentials. */
export function isUnreadableAnswer(error: unknown): boolean {
  if (read(error, 'name') === 'SyntaxError' || read(error, '$responseBodyText') !== undefined) return true;
  const statusCode = number(read(read(error, '$metadata'), 'httpStatusCode')) ?? 0;
  return statusCode < 400 && /deserialization error/i.test(messageOf(error));
}

/** What an error of the AWS SDK or of Node says in fields that hold no data of a request or an answer. */
export interface AwsErrorFacts {
  readonly code?: string;
  readonly requestId?: string;
  readonly statusCode?: number;
  readonly attempts?: number;
}

export function awsErrorFacts(error: unknown): AwsErrorFacts {
  const metadata = read(error, '$metadata');
  return definedFields<AwsErrorFacts>({
    code: label(read(error, 'code') ?? read(error, 'Code')),
    requestId: label(read(metadata, 'requestId') ?? read(error, 'requestId')),
    statusCode: number(read(metadata, 'httpStatusCode') ?? read(error, 'statusCode')),
    attempts: number(read(metadata, 'attempts') ?? read(error, 'attempts')),
  });
}

/** Reads a member of anything; what throws when it is read counts as absent. */
export function read(value: unknown, key: PropertyKey): unknown {
  try {
    return Object(value) === value ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  const message = Object(error) === error ? read(error, 'message') : error;
  return typeof message === 'string' ? message : '';
}

/** The lines of a stack that say where; those before them repeat the message. */
function frames(stack: unknown): readonly string[] {
  return typeof stack === 'string' ? (redactErrorText(stack).match(/^\s+at .*/gm) ?? []) : [];
}

/** A short text of a peer, such as a code or an id. */
function label(value: unknown): string | undefined {
  return typeof value === 'string' ? redactErrorText(value.slice(0, 200)) : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
