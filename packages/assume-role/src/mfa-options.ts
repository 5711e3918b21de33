import { checkOptions, isDuration, type MfaTokenProvider, type OptionCheck } from '@bsm/core-cache';
import { isMatch } from './option-checks.js';

/** An MFA device and who reads its code. */
export interface MfaOptions {
  /** ARN of a virtual device, or the serial number of a physical one. */
  readonly serialNumber: string;
  /**
   * A function is asked for a code at each refresh; `mfaCommand` makes one of a command. A string serves one call; the next refresh
   * fails with `ERR_BSM_MFA_REQUIRED`.
   */
  readonly token: MfaTokenProvider;
  /** How long a person may take, in addition to `refresh.timeoutMs`. Default 120,000. */
  readonly timeoutMs?: number | undefined;
}

/** How long a person may take when nothing is said. */
export const DEFAULT_MFA_TIMEOUT_MS = 120_000;

/** Checks {@link MfaOptions}; a code is checked here only when it is a string. */
export function isMfa(subject: string): OptionCheck {
  return (value, name) => {
    const checks = { serialNumber: isSerialNumber, token: isToken, timeoutMs: isDuration(1) };
    checkOptions<MfaOptions>(subject, value, checks, `${name}.`);
    const { serialNumber, token } = (value ?? {}) as Partial<MfaOptions>;
    return serialNumber === undefined || token === undefined ? 'an object with serialNumber and token' : undefined;
  };
}

const isSerialNumber: OptionCheck = /* @__PURE__ */ isMatch(/^[\w+=/:,.@-]{9,256}$/);

const isCode: OptionCheck = /* @__PURE__ */ isMatch(
  /^\s*[0-9]{6}\s*$/,
  'a code of six digits, or a function that gives one',
);

const isToken: OptionCheck = (value, name) => (typeof value === 'function' ? undefined : isCode(value, name));
