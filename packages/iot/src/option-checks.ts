import { checkOptions, isInteger, type OptionCheck, type OptionChecks, optionInvalid } from '@bsm/core-cache';

/**
 * Checks options, some of which must be there.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, naming the option and never its value.
 */
export function checkRequired<Options extends object>(
  subject: string,
  options: Options,
  checks: OptionChecks<Options>,
  required: readonly (keyof Options & string)[],
  prefix: string = '',
): void {
  checkOptions<Options>(subject, options ?? null, checks, prefix);
  for (const name of required) assertThat(options[name] !== undefined, subject, prefix + name, 'given');
}

/**
 * Refuses an option unless something holds.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 */
export function assertThat(condition: unknown, subject: string, option: string, expected: string): asserts condition {
  if (!condition) throw optionInvalid(subject, option, expected);
}

/** Makes the check of a value that has to pass a test. */
export function accept(passes: (value: unknown) => unknown, expected: string): OptionCheck {
  return (value) => (passes(value) ? undefined : expected);
}

/** Accepts letters, digits, `_` and the other characters, 128 at most. */
export function isName(others: string): OptionCheck {
  const pattern = new RegExp(`^[\\w${others}]{1,128}$`);
  const expected = `1 to 128 letters, digits or _${others}`;
  return accept((value) => typeof value === 'string' && pattern.test(value), expected);
}

/** Accepts everything: what is checked elsewhere. */
export const anything: OptionCheck = () => undefined;

/** Whether all of them are text; by default text that the headers of requests can carry, which is not empty. */
export function areTexts(values: readonly unknown[], pattern: RegExp = /^[ -~]+$/): boolean {
  return values.every((value) => typeof value === 'string' && pattern.test(value));
}

/** Whether all of them are names of protocols as TLS can carry them. */
export function areProtocols(values: readonly unknown[]): boolean {
  return areTexts(values, /^[!-~]{1,255}$/);
}

/** Accepts the number of a TCP port. */
export const isPort: OptionCheck = /* @__PURE__ */ isInteger(1, 65_535);
