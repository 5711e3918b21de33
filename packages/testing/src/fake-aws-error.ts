/**
 * Reports an option of this package that cannot be used: unknown, of the wrong type, or out of range.
 *
 * The message and {@link FakeAwsError.option} name the option, never its value, so that a mistyped secret does not end up
 * in a test log. Recognise it by `code`, which is always `ERR_BSM_OPTION_INVALID`, rather than by `instanceof`.
 *
 * @example
 * ```ts
 * try {
 *   await startFakeAws({ startAt: 'tomorrow' as never });
 * } catch (error) {
 *   // error.code === 'ERR_BSM_OPTION_INVALID', error.option === 'startAt'
 * }
 * ```
 */
export class FakeAwsError extends TypeError {
  /** Always `ERR_BSM_OPTION_INVALID`. */
  readonly code: 'ERR_BSM_OPTION_INVALID';
  /** The path of the option, such as `roles[0].maxSessionDuration`. */
  readonly option: string;

  constructor(option: string, expectation: string) {
    super(`Option "${option}" ${expectation}.`);
    this.name = 'FakeAwsError';
    this.code = 'ERR_BSM_OPTION_INVALID';
    this.option = option;
  }
}
