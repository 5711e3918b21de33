import type { Session, SharedCredentials } from '@bsm/core-cache';
import { type SessionTime, sessionTime } from './session-time.js';

/** An MFA device, as all sessions that come from one root see it. */
export interface MfaDevice {
  /**
   * Asks for a code when it is this caller's turn, and returns one that was not used in the last 30 seconds.
   *
   * @param ask - Gives a code; asked again when the device shows the next one, if its code was used already.
   */
  nextCode(ask: (signal: AbortSignal) => Promise<string>, signal: AbortSignal): Promise<string>;
  /** Takes note of the use of a code; false when it was used in the last 30 seconds. */
  tryCode(code: string): boolean;
}

/** How long a device shows a code (RFC 6238, as AWS uses it). */
const STEP_MS = 30_000;

/**
 * Finds the device of a serial number among the sessions that come from one root.
 *
 * It is remembered with the credentials of the root, which sign the first call of a chain and own the device; it lives as long as
 * they do, also through `clearCache`, since AWS does not forget a used code either.
 */
export function mfaDevice(session: Session, serialNumber: string): MfaDevice {
  let root = session;
  while (root.parent) root = root.parent;
  const known = devices.get(root.credentials) ?? new Map<string, MfaDevice>();
  devices.set(root.credentials, known);
  const device = known.get(serialNumber) ?? createMfaDevice(sessionTime(root));
  known.set(serialNumber, device);
  return device;
}

const devices: WeakMap<SharedCredentials, Map<string, MfaDevice>> = /* @__PURE__ */ new WeakMap();

/** Makes the memory of one device. */
export function createMfaDevice(time: SessionTime): MfaDevice {
  const usedAt = new Map<string, number>();
  let lastTurn: Promise<unknown> = Promise.resolve();

  /** Until the device shows another code, in milliseconds; 0 when this one may be used. */
  function blockedMs(code: string): number {
    const now = time.now();
    for (const [used, at] of usedAt) if (now - at >= STEP_MS || now < at) usedAt.delete(used);
    const at = usedAt.get(code);
    return at === undefined ? 0 : Math.min(at + STEP_MS - now, STEP_MS - (now % STEP_MS));
  }

  function tryCode(code: string): boolean {
    if (blockedMs(code) > 0) return false;
    usedAt.set(code, time.now());
    return true;
  }

  async function nextCode(ask: (signal: AbortSignal) => Promise<string>, signal: AbortSignal): Promise<string> {
    const before = lastTurn;
    let endTurn = (): void => {};
    const mine = new Promise<void>((resolve) => {
      endTurn = resolve;
    });
    // Also after all who came earlier, when this caller leaves the queue before its turn.
    lastTurn = before.then(() => mine);
    try {
      await orAbort(before, signal);
      for (;;) {
        const code = await orAbort(ask(signal), signal);
        if (tryCode(code)) return code;
        await pause(blockedMs(code), signal);
      }
    } finally {
      endTurn();
    }
  }

  async function pause(ms: number, signal: AbortSignal): Promise<void> {
    let stop = (): void => {};
    const over = new Promise<void>((resolve) => {
      stop = time.startTimer(resolve, ms);
    });
    await orAbort(over, signal).finally(() => stop());
  }

  return { nextCode, tryCode };
}

/** Waits for a promise, or rejects when nobody needs it any more: a prompt that ignores the signal must not block the device. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
