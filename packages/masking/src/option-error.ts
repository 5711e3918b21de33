/** What `createRedactor` throws for a bad option: an `Error` with the code and the brand that `isBsmError` recognises. */
export interface OptionError extends TypeError {
  readonly code: 'ERR_BSM_OPTION_INVALID';
  readonly retryable: false;
  readonly details: { readonly option: string };
}

/**
 * Makes the error for an option that is unknown or out of range.
 *
 * It names the option and what is allowed, never the value that was given. This package depends on nothing, so it sets the
 * brand of `BsmError` itself instead of importing the class.
 */
export function optionError(option: string, allowed: string): OptionError {
  const error = new TypeError(`Invalid option "${option}": ${allowed}.`);
  const hidden = { enumerable: false, configurable: true, writable: true };
  Object.defineProperties(error, {
    name: { ...hidden, value: 'BsmError' },
    [Symbol.for('@bsm/error')]: { ...hidden, value: true },
  });
  return Object.assign(error, {
    code: 'ERR_BSM_OPTION_INVALID' as const,
    retryable: false as const,
    details: { option },
  });
}
