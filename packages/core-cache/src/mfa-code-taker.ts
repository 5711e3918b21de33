import { BsmError, isBsmError } from './errors.js';
import type { MfaTokenProvider } from './session.js';

/** Gets a code of the MFA device with this serial number. */
export type MfaCodeTaker = (serialNumber: string, signal: AbortSignal | undefined) => Promise<string>;

/**
 * Makes what gets MFA codes from `options.mfaToken`: a function is asked each time, a plain text serves once, since AWS takes a
 * code once.
 *
 * @throws BsmError, later: `ERR_BSM_MFA_REQUIRED` without `mfaToken` or for the second use of a text, `ERR_BSM_MFA_CODE_INVALID`
 * for anything but six digits, `ERR_BSM_REFRESH_FAILED` when the function fails.
 */
export function createMfaCodeTaker(token: MfaTokenProvider | undefined): MfaCodeTaker {
  let spent = false;
  return async (serialNumber, signal = new AbortController().signal) => {
    if (token === undefined) {
      throw mfaRequired(
        `A role of the profile requires a code of the MFA device "${serialNumber}". Pass options.mfaToken.`,
      );
    }
    if (typeof token === 'function') return sixDigits(await ask(token, serialNumber, signal));
    if (spent) throw mfaRequired('Another MFA code is needed. Pass options.mfaToken as a function.');
    spent = true;
    return sixDigits(token);
  };
}

async function ask(
  token: Exclude<MfaTokenProvider, string>,
  serialNumber: string,
  signal: AbortSignal,
): Promise<unknown> {
  try {
    return await token(serialNumber, { signal });
  } catch (cause) {
    if (isBsmError(cause)) throw cause;
    throw new BsmError('ERR_BSM_REFRESH_FAILED', 'The function in options.mfaToken failed.', {
      retryable: true,
      cause,
    });
  }
}

function sixDigits(answer: unknown): string {
  const code = typeof answer === 'string' ? answer.trim() : '';
  if (/^[0-9]{6}$/.test(code)) return code;
  throw new BsmError('ERR_BSM_MFA_CODE_INVALID', 'What options.mfaToken gives is no code of six digits.', {
    retryable: true,
  });
}

function mfaRequired(message: string): BsmError {
  return new BsmError('ERR_BSM_MFA_REQUIRED', message);
}
