import {
  checkOptions,
  isBoolean,
  isDuration,
  isFunction,
  isOneOf,
  type OptionCheck,
  optionInvalid,
} from './check-options.js';

/** How a session keeps its credentials fresh. The defaults follow the refresh behaviour that AWS specified for its SDKs in 2026. */
export interface RefreshOptions {
  /**
   * How long before their end credentials are renewed while callers go on with the ones in hand.
   *
   * Default by lifetime (expiration minus time of receipt): up to 20 minutes 5 minutes; under 90 minutes 15 minutes; else 60
   * minutes; half of a lifetime under 10 minutes. A configured window as long as the lifetime counts as half of it.
   */
  readonly advisoryWindowMs?: number | undefined;
  /** How long before their end callers wait for the renewal. Default 60,000, never more than the advisory window. */
  readonly mandatoryWindowMs?: number | undefined;
  /**
   * Fetches when the session is made (a failure is an event, not an exception) and keeps the credentials fresh by a timer that
   * does not keep the process alive. Ignored in Lambda, whose frozen processes fire timers late. Default false.
   */
  readonly eager?: boolean | undefined;
  /**
   * Whether nobody waits for a refresh in the advisory window. When false, its one caller waits for at most 2,000 ms, then gets
   * the credentials in hand while the refresh goes on. Default true; false in Lambda, where frozen work is lost.
   */
  readonly background?: boolean | undefined;
  /** Whether credentials that have ended are handed out while refreshing fails (AWS's static stability). Default `'never'`. */
  readonly serveExpired?: 'never' | 'while-refresh-fails' | undefined;
  /**
   * Range of the random pause after a failed refresh while credentials are valid. Default `[300_000, 600_000]`. Under
   * `serveExpired: 'never'` the pause ends where the mandatory window begins; from there on attempts are 500 to 5,000 ms apart.
   */
  readonly backoffMs?: readonly [min: number, max: number] | undefined;
  /** Deadline of one refresh, however its source behaves. Default 20,000. */
  readonly timeoutMs?: number | undefined;
  /**
   * Tells errors that retrying cannot help. They are raised at once and to every caller for 1 to 5 seconds, also while
   * credentials are valid. Default: the codes that AWS lists, by `name` or `code`, anywhere in the chain of causes.
   */
  readonly isTerminalError?: ((error: unknown) => boolean) | undefined;
  /** Tells the errors by which a service rejects credentials. Default: ExpiredToken, ExpiredTokenException, InvalidToken. */
  readonly isCredentialRejection?: ((error: unknown) => boolean) | undefined;
  /** A number in [0, 1) for the pauses. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * Checks refresh options by themselves and against each other.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` naming the option.
 */
export function checkRefreshOptions(subject: string, options: RefreshOptions | undefined, prefix: string): void {
  checkOptions<RefreshOptions>(
    subject,
    options,
    {
      advisoryWindowMs: isDuration(),
      mandatoryWindowMs: isDuration(),
      eager: isBoolean,
      background: isBoolean,
      serveExpired: isOneOf('never', 'while-refresh-fails'),
      backoffMs: isRange,
      timeoutMs: isDuration(1),
      isTerminalError: isFunction,
      isCredentialRejection: isFunction,
      random: isFunction,
    },
    prefix,
  );
  const { advisoryWindowMs, mandatoryWindowMs } = options ?? {};
  if (advisoryWindowMs !== undefined && mandatoryWindowMs !== undefined && mandatoryWindowMs > advisoryWindowMs) {
    throw optionInvalid(subject, `${prefix}mandatoryWindowMs`, `at most ${prefix}advisoryWindowMs`);
  }
}

const isRange: OptionCheck = (value) => {
  const [min, max] = Array.isArray(value) && value.length === 2 ? value : [];
  return Number.isFinite(min) && Number.isFinite(max) && min >= 0 && min <= max
    ? undefined
    : 'two numbers, smaller first';
};
