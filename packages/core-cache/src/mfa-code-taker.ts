import type { Timekeeper } from './clock.js';
import { BsmError, isBsmError } from './errors.js';
import type { MfaTokenProvider } from './session.js';
import { type MfaDevice, takeUnusedCode } from './take-unused-code.js';

/** Gets a code of the MFA device with this serial number. */
export type MfaCodeTaker = (serialNumber: string, signal: AbortSignal | undefined) => Promise<string>;

/**
 * Makes what gets MFA codes from `options.mfaToken`: a function is asked each time, a plain text serves once, since AWS takes a
 * code once. A function that gives a code of the last 30 seconds again is asked anew when the device shows the next one; this
 * holds for all sessions that have the same function, since two profiles of a person mostly share a device.
 *
 * @throws BsmError, later: `ERR_BSM_MFA_REQUIRED` without `mfaToken` or for the second use of a text, `ERR_BSM_MFA_CODE_INVALID`
 * for anything but six digits, `ERR_BSM_REFRESH_FAILED` when the function fails.
 */
export function createMfaCodeTaker(token: MfaTokenProvider | undefined, time: Timekeeper): MfaCodeTaker {
  let spent = false;
  return async (serialNumber, signal = new AbortController().signal) => {
    if (token === undefined) {
      throw mfaRequired(
        `A role of the profile requires a code of the MFA device "${serialNumber}". Pass options.mfaToken.`,
      );
    }
    if (typeof token === 'function') {
      const ask = async (): Promise<string> => sixDigits(await callForCode(token, serialNumber, signal));
      return takeUnusedCode(deviceOf(token, serialNumber), ask, time, signal);
    }
    if (spent) throw mfaRequired('Another MFA code is needed. Pass options.mfaToken as a function.');
    spent = true;
    return sixDigits(token);
  };
}

type AskForCode = Exclude<MfaTokenProvider, string>;

const devices: WeakMap<AskForCode, Map<string, MfaDevice>> = /* @__PURE__ */ new WeakMap();

function deviceOf(token: AskForCode, serialNumber: string): MfaDevice {
  const known = devices.get(token) ?? new Map<string, MfaDevice>();
  devices.set(token, known);
  const device = known.get(serialNumber) ?? { usedAt: new Map(), lastTurn: Promise.resolve() };
  known.set(serialNumber, device);
  return device;
}

async function callForCode(token: AskForCode, serialNumber: string, signal: AbortSignal): Promise<unknown> {
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
