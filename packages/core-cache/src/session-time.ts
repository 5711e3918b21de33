import { createTimekeeper, type Timekeeper } from './clock.js';
import type { Session } from './session.js';
import { sessionRoot } from './session-root.js';

/**
 * Finds the clock that a session goes by, for a package that has to wait; the system's for what is like a session.
 *
 * @example
 * ```ts
 * const stop = sessionTime(session).startTimer(callback, 1_000); // a virtual clock in a test
 * ```
 */
export function sessionTime(session: Session): Timekeeper {
  return sessionRoot(session)?.time ?? createTimekeeper(undefined);
}
