import { BsmError, isBsmError, type Session } from '@bsm/core-cache';
import { mfaDevice } from './mfa-device.js';
import type { MfaOptions } from './mfa-options.js';
import type { MfaParameters } from './sts-transport.js';

export interface MfaPromptOptions {
  readonly mfa: MfaOptions;
  /** The session that uses the code. */
  readonly session: Session;
  /** Begins the messages of errors. */
  readonly subject: string;
}

/**
 * Makes what asks for a code: for one call of STS each time.
 *
 * Those who need a code of the same device take turns, so that a person is never asked twice at once. AWS accepts a code once: one
 * that was used less than 30 seconds ago is not sent again; a function is asked anew when the device shows the next one.
 */
export function createMfaPrompt({
  mfa,
  session,
  subject,
}: MfaPromptOptions): (signal: AbortSignal) => Promise<MfaParameters> {
  const { serialNumber: SerialNumber, token } = mfa;
  const device = mfaDevice(session, SerialNumber);
  let unused = true;

  function onlyCode(code: string): string {
    const usable = unused && device.tryCode(code);
    unused = false;
    if (usable) return code;
    const message = `${subject}: the MFA code in mfa.token was used already. Pass a function that gives one each time.`;
    throw new BsmError('ERR_BSM_MFA_REQUIRED', message);
  }

  async function ask(provider: Exclude<MfaOptions['token'], string>, signal: AbortSignal): Promise<string> {
    const answer: unknown = await call(provider, signal);
    const code = typeof answer === 'string' ? answer.trim() : '';
    if (/^[0-9]{6}$/.test(code)) return code;
    throw new BsmError('ERR_BSM_MFA_CODE_INVALID', `${subject}: mfa.token gave no code of six digits.`);
  }

  async function call(provider: Exclude<MfaOptions['token'], string>, signal: AbortSignal): Promise<unknown> {
    try {
      return await provider(SerialNumber, { signal });
    } catch (cause) {
      if (isBsmError(cause)) throw cause;
      throw new BsmError('ERR_BSM_REFRESH_FAILED', `${subject}: mfa.token failed.`, { retryable: true, cause });
    }
  }

  return async (signal) => ({
    SerialNumber,
    TokenCode:
      typeof token === 'string' ? onlyCode(token.trim()) : await device.nextCode((own) => ask(token, own), signal),
  });
}
