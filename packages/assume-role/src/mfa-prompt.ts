import { BsmError, type Session } from '@bsm/core-cache';
import { mfaDevice } from './mfa-device.js';
import { isMfaCode, type MfaOptions } from './mfa-options.js';
import { sessionTime } from './session-time.js';
import type { MfaParameters } from './sts-transport.js';

/** How long a device shows a code (RFC 6238, as AWS uses it). */
const STEP_MS = 30_000;

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

  async function unusedCode(signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    // A prompt that ignores the signal must not block the device.
    const left = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    for (;;) {
      const code = await Promise.race([ask(signal), left]);
      const now = time?.now() ?? Date.now();
      // In both directions, since the clock may be set back.
      if (Math.abs(now - (device.usedAt.get(code) ?? Infinity)) >= STEP_MS) {
        device.usedAt.set(code, now);
        return code;
      }
      if (!spent) await untilNextCode(STEP_MS - (now % STEP_MS), left);
    }
  }

  async function untilNextCode(delayMs: number, left: Promise<never>): Promise<void> {
    let stop = (): void => {};
    const shown = new Promise<void>((resolve) => {
      // Real time as well, to keep the process alive: nothing else is under way while a caller waits for a display.
      const timer = setTimeout(resolve, delayMs);
      const stopTimer = time?.startTimer(resolve, delayMs);
      stop = () => {
        clearTimeout(timer);
        stopTimer?.();
      };
    });
    await Promise.race([shown, left]).finally(() => stop());
  }

  return async (signal) => {
    const mine = device.lastTurn.then(() => unusedCode(signal));
    device.lastTurn = mine.catch(() => {});
    return { SerialNumber, TokenCode: await mine };
  };
}
