import type { Session } from '@bsm/core-cache';

/** What a wait needs to know of time. */
export interface SessionTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Starts a timer that does not keep the process alive; returns what stops it. */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** Finds the clock that a session goes by, under the symbol that the session registers. A foreign session may have none. */
export function sessionTime(session: Session): SessionTime | undefined {
  return Reflect.get(session, Symbol.for('@bsm/session-time/1')) as SessionTime | undefined;
}
