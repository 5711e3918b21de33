import { BsmError, type Session, sessionTime, takeUnusedCode } from '@bsm/core-cache';
import { mfaDevice } from './mfa-device.js';
import { isMfaCode, type MfaOptions } from './mfa-options.js';
import type { MfaParameters } from './sts-transport.js';

/**
 * Makes what asks for a code: for one call of STS each time.
 *
 * Those who need a code of the same device take turns, so that a person is never asked twice at once. AWS accepts a code once: one
 * that was used less than 30 seconds ago is not sent again; a function is asked anew when the device shows the next one.
 *
 * @param session - Uses the code.
 * @param subject - Begins the messages of errors.
 */
export function createMfaPrompt(
  { serialNumber: SerialNumber, token }: MfaOptions,
  session: Session,
  subject: string,
): (signal: AbortSignal) => Promise<MfaParameters> {
  const device = mfaDevice(session, SerialNumber);
  const time = sessionTime(device.root);
  let spent = false;

  async function ask(signal: AbortSignal): Promise<string> {
    if (spent) {
      throw new BsmError('ERR_BSM_MFA_REQUIRED', `${subject}: the code in mfa.token was used. Pass a function.`);
    }
    spent = typeof token === 'string';
    const code = typeof token === 'string' ? token : await token(SerialNumber, { signal });
    if (isMfaCode(code, '') === undefined) return code.trim();
    throw new BsmError('ERR_BSM_MFA_CODE_INVALID', `${subject}: mfa.token gave no code of six digits.`);
  }

  return async (signal) => ({
    SerialNumber,
    TokenCode: await takeUnusedCode(
      device,
      () => ask(signal),
      time,
      signal,
      () => !spent,
    ),
  });
}
