import { leaveOnAbort } from './abort.js';
import type { Timekeeper } from './clock.js';

/** What is known of an MFA device. */
export interface MfaDevice {
  /** When its codes were last used, in milliseconds since 1970. There are a million codes, so this does not grow for ever. */
  readonly usedAt: Map<string, number>;
  /** Settles when the device is free; never rejects. */
  lastTurn: Promise<unknown>;
}

/** How long a device shows a code (RFC 6238, as AWS uses it). */
const STEP_MS = 30_000;

/**
 * Asks for a code of a device until it is one that was not used within the last 30 seconds: AWS takes a code once, and the next
 * one comes when the display changes. Those who need a code of the same device take turns, so that a person is never asked twice
 * at once.
 *
 * @param mayAskAgain - Whether `ask` can give another code later.
 */
export function takeUnusedCode(
  device: MfaDevice,
  ask: () => Promise<string>,
  time: Timekeeper,
  signal: AbortSignal,
  mayAskAgain: () => boolean = () => true,
): Promise<string> {
  const mine = device.lastTurn.then(() => unusedCode(device, ask, time, signal, mayAskAgain));
  device.lastTurn = mine.catch(() => {});
  return mine;
}

async function unusedCode(
  { usedAt }: MfaDevice,
  ask: () => Promise<string>,
  time: Timekeeper,
  signal: AbortSignal,
  mayAskAgain: () => boolean,
): Promise<string> {
  signal.throwIfAborted();
  for (;;) {
    // A prompt that ignores the signal must not block the device.
    const code = await leaveOnAbort(ask(), signal);
    const now = time.now();
    // In both directions, since the clock may be set back.
    if (Math.abs(now - (usedAt.get(code) ?? Infinity)) >= STEP_MS) {
      usedAt.set(code, now);
      return code;
    }
    // What cannot give another code fails when it is asked; there is nothing to wait for.
    if (mayAskAgain()) await wait(time, STEP_MS - (now % STEP_MS), signal);
  }
}

async function wait(time: Timekeeper, delayMs: number, signal: AbortSignal): Promise<void> {
  let show = (): void => {};
  const shown = new Promise<void>((resolve) => {
    show = resolve;
  });
  // Real time as well, to keep the process alive: nothing else is under way while a caller waits for a display.
  const timer = setTimeout(show, delayMs);
  const stopTimer = time.startTimer(show, delayMs);
  try {
    await leaveOnAbort(shown, signal);
  } finally {
    clearTimeout(timer);
    stopTimer();
  }
}
