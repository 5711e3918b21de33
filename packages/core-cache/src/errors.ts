import { defineHidden } from './define-hidden.js';
import type { BsmErrorCode } from './error-codes.js';
import { read, type ScrubbedError, scrubError } from './scrub-error.js';

/** What a {@link BsmError} is made of beside its code and message. */
export interface BsmErrorOptions {
  /** Whether the same call can succeed later without a change. Default false. */
  readonly retryable?: boolean | undefined;
  /** Facts for a log. Never put a secret or the value of an option here. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** The error behind this one. A scrubbed copy is kept, never the error itself. */
  readonly cause?: unknown;
  /** For a credential source in a chain of the AWS SDK: whether the next source may be asked. Default false. */
  readonly tryNextLink?: boolean | undefined;
}

/**
 * The one error class of the packages. Tell its kinds apart by `code`, listed in `docs/errors.md`.
 *
 * Recognise it with {@link isBsmError}, not with `instanceof`: two copies of a package in one tree are normal, and a brand
 * survives that. Message, details and cause hold no secret and mask account ids, so that an error can be logged as it is.
 *
 * @example
 * ```ts
 * try {
 *   await session.region();
 * } catch (error) {
 *   if (isBsmError(error, 'ERR_BSM_REGION_UNRESOLVED')) process.exitCode = 2;
 *   else throw error;
 * }
 * ```
 */
export class BsmError extends Error {
  override readonly name: string = 'BsmError';
  readonly code: BsmErrorCode;
  /** Whether the same call can succeed later without a change. */
  readonly retryable: boolean;
  /** Facts for a log, without secrets. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What the AWS SDK's own provider chains read: whether to ask the next source. */
  readonly tryNextLink: boolean;
  /** A copy of the error behind this one with its name, code, redacted message, request id, status and attempts. */
  declare readonly cause?: BsmError | ScrubbedError | undefined;

  constructor(
    code: BsmErrorCode,
    message: string,
    { retryable = false, details = {}, tryNextLink = false, cause }: BsmErrorOptions = {},
  ) {
    super(message);
    this.code = code;
    this.retryable = retryable;
    this.details = details;
    this.tryNextLink = tryNextLink;
    // Defined here, not as a computed class member, which would keep the class in every bundle.
    defineHidden(this, brand(), true);
    if (cause !== undefined) defineHidden(this, 'cause', isBsmError(cause) ? cause : scrubError(cause));
  }
}

/**
 * Tells whether a value is a {@link BsmError}, and of the given code if one is given.
 *
 * Works across copies and versions of the packages, and for errors of `@bsm/masking`.
 *
 * @example
 * ```ts
 * if (isBsmError(error) && error.retryable) await retryLater();
 * ```
 */
export function isBsmError<Code extends BsmErrorCode>(error: unknown, code: Code): error is BsmError & { code: Code };
export function isBsmError(error: unknown, code?: string): error is BsmError;
export function isBsmError(error: unknown, code?: string): error is BsmError {
  return read(error, brand()) === true && (code === undefined || read(error, 'code') === code);
}

function brand(): symbol {
  return Symbol.for('@bsm/error');
}
