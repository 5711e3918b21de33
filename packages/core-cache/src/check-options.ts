import { LONGEST_TIMER_MS } from './clock.js';
import { BsmError, isBsmError } from './errors.js';
import { redactErrorText } from './redact-error-text.js';
import { read } from './scrub-error.js';

/** Says what is expected when a value is not it; undefined when the value is fine. */
export type OptionCheck = (value: unknown, name: string) => string | undefined;

/** One check for each option that exists. */
export type OptionChecks<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck };

/**
 * Refuses options that are unknown, ill-typed or out of range, before any work is done.
 *
 * `undefined` means "not given" and is always fine. Inherited members of known names are checked too, since they are read like
 * own ones. The error names the option and what is expected, never the value; nor is an error shown that reading a value threw.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, with `details.option`.
 *
 * @example
 * ```ts
 * checkOptions('assertAccount', options, { accountAlias: isBoolean });
 * ```
 */
export function checkOptions<Options>(
  subject: string,
  options: unknown,
  checks: OptionChecks<Options>,
  prefix: string = '',
): void {
  if (options === undefined) return;
  const known = Object.keys(checks);
  let reading = prefix.slice(0, -1) || 'options';
  assertOption(subject, reading, options, isObject);
  try {
    const unknown = Object.keys(options as object).find((name) => !known.includes(name));
    if (unknown !== undefined) {
      throw optionInvalid(subject, prefix + printable(unknown), `absent: known are ${known.join(', ')}`);
    }
    for (const name of known) {
      reading = prefix + name;
      const value = (options as Record<string, unknown>)[name];
      if (value !== undefined) assertOption(subject, reading, value, checks[name as keyof Options]);
    }
  } catch (error) {
    // A member that throws when it is read.
    throw isBsmError(error) ? error : optionInvalid(subject, reading, 'readable');
  }
}

/**
 * Refuses one argument that is not what it must be.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 */
export function assertOption(subject: string, option: string, value: unknown, check: OptionCheck): void {
  const expected = check(value, option);
  if (expected !== undefined) throw optionInvalid(subject, option, expected);
}

/** Makes the error of an option that is not what it must be. */
export function optionInvalid(subject: string, option: string, expected: string, cause?: unknown): BsmError {
  return new BsmError('ERR_BSM_OPTION_INVALID', `${subject}: option "${option}" must be ${expected}.`, {
    details: { option },
    cause,
  });
}

/** Accepts text that is not empty. */
export const isText: OptionCheck = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty';

/** Accepts true and false. */
export const isBoolean: OptionCheck = (value) => (typeof value === 'boolean' ? undefined : 'a boolean');

/** Accepts a function. */
export const isFunction: OptionCheck = (value) => (typeof value === 'function' ? undefined : 'a function');

/** Accepts every number but NaN. */
export const isNumber: OptionCheck = (value) =>
  typeof value === 'number' && !Number.isNaN(value) ? undefined : 'a number';

/** Accepts an object that has options as its members: no array, map or date. */
export const isObject: OptionCheck = (value) =>
  Object.prototype.toString.call(value) === '[object Object]' ? undefined : 'an object';

/** Accepts whole numbers from `min` to `max`. */
export function isInteger(min: number, max: number): OptionCheck {
  return (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? undefined
      : `a whole number from ${min} to ${max}`;
}

/** Accepts milliseconds from `min` up to what a timer can keep. */
export function isDuration(min: number = 0): OptionCheck {
  return (value) =>
    typeof value === 'number' && value >= min && value <= LONGEST_TIMER_MS
      ? undefined
      : `milliseconds from ${min} to ${LONGEST_TIMER_MS}`;
}

/** Accepts an AbortSignal, also one of another realm or a polyfill. */
export const isAbortSignal: OptionCheck = (value) =>
  typeof read(value, 'addEventListener') === 'function' ? undefined : 'an AbortSignal';

/** Accepts one of the given words. */
export function isOneOf(...words: readonly string[]): OptionCheck {
  return (value) =>
    words.includes(value as string) ? undefined : `one of ${words.map((word) => `'${word}'`).join(', ')}`;
}

/** Accepts an object whose own options pass the checks; errors name the option with its path. */
export function isOptions<Options>(subject: string, checks: OptionChecks<Options>): OptionCheck {
  return (value, name) => {
    checkOptions(subject, value, checks, `${name}.`);
    return undefined;
  };
}

function printable(name: string): string {
  // An unknown key is shown, since it is most likely a misspelt option; a long or odd one could be anything.
  return /^[\w.-]{1,32}$/.test(name) ? redactErrorText(name) : '(unprintable)';
}
