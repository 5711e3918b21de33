import type { Session } from '@bsm/core-cache';

/** What a wait needs to know of time. */
export interface SessionTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Starts a timer that does not keep the process alive; returns what stops it. */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** Finds the clock that a session goes by, under a registered symbol; the real time where it has none. */
export function sessionTime(session: Session): SessionTime {
  return (Reflect.get(session, sessionTimeKey()) as SessionTime | undefined) ?? REAL_TIME;
}

/** The key of a session's clock: `Symbol.for('@bsm/session-time/1')`. */
export function sessionTimeKey(): symbol {
  return Symbol.for('@bsm/session-time/1');
}

const REAL_TIME: SessionTime = {
  now: () => Date.now(),
  startTimer(callback, delayMs) {
    const handle = setTimeout(callback, delayMs);
    (handle as { unref?: () => void }).unref?.();
    return () => clearTimeout(handle);
  },
};
