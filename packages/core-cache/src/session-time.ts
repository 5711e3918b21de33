import { createTimekeeper, type Timekeeper } from './clock.js';
import { defineHidden } from './define-hidden.js';
import type { Session } from './session.js';

/** Remembers the clock of a session with the session itself, under a registered symbol, so that copies of the package agree. */
export function setSessionTime(session: Session, time: Timekeeper): void {
  defineHidden(session, key(), time);
}

/**
 * Finds the clock that a session goes by, for a package that has to wait; the system's for what is like a session.
 *
 * @example
 * ```ts
 * const stop = sessionTime(session).startTimer(callback, 1_000); // a virtual clock in a test
 * ```
 */
export function sessionTime(session: Session): Timekeeper {
  return (Reflect.get(session, key()) as Timekeeper | undefined) ?? createTimekeeper(undefined);
}

function key(): symbol {
  return Symbol.for('@bsm/session-time/1');
}
