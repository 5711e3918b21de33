import { isDuration, type MfaTokenProvider, type OptionCheck } from '@bsm/core-cache';
import { isMatch, isObjectOf } from './option-checks.js';

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
  return isObjectOf(
    subject,
    {
      serialNumber: isMatch(/^[\w+=/:,.@-]{9,256}$/),
      token: (value, name) => (typeof value === 'function' ? undefined : isMfaCode(value, name)),
    },
    { timeoutMs: isDuration(1) },
  );
}

/** Accepts six digits that AWS takes, with blanks around them. */
export const isMfaCode: OptionCheck = /* @__PURE__ */ isMatch(/^\s*[0-9]{6}\s*$/);
