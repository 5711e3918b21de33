/**
 * Tells the time to everything in a session: expiry, refresh windows, back-off, deadlines.
 *
 * Only `now` is required, so that a test passes `{ now: () => t }`. Without `setTimeout` all timers are real; without
 * `monotonic` only `now` counts. The system clock, used when no clock is given, has all of them.
 */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. */
  now(): number;
  /** Milliseconds that only grow, as `performance.now()`. Sees through a wall clock that is set back. */
  monotonic?(): number;
  setTimeout?(callback: () => void, delayMs: number): unknown;
  clearTimeout?(handle: unknown): void;
}

/** A moment on both time scales. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/** A {@link Clock} with nothing left out. */
export interface Timekeeper {
  readonly now: () => number;
  moment(): Moment;
  /** Milliseconds since the moment: the larger of wall and monotonic time, so that neither can hide the passing of time. */
  elapsedSince(moment: Moment): number;
  /** Starts a timer that does not keep the process alive; returns a function that stops it. */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** Longer delays, of nearly 25 days, would overflow the timers of every JavaScript engine and fire at once. */
export const LONGEST_TIMER_MS: number = 2 ** 31 - 1;

export function createTimekeeper(clock: Clock | undefined): Timekeeper {
  const now = clock ? () => clock.now() : () => Date.now();
  const monotonicAt = clock ? () => clock.monotonic?.() ?? 0 : createSystemMonotonic();

  return {
    now,
    moment() {
      const wall = now();
      return { wall, monotonic: monotonicAt(wall) };
    },
    elapsedSince(moment) {
      const wall = now();
      return Math.max(wall - moment.wall, monotonicAt(wall) - moment.monotonic);
    },
    startTimer(callback, delayMs) {
      const delay = Math.min(Math.max(delayMs, 0), LONGEST_TIMER_MS);
      const own = clock?.setTimeout !== undefined;
      const handle = own ? clock.setTimeout?.(callback, delay) : setTimeout(callback, delay);
      (handle as { unref?: () => void } | undefined)?.unref?.();
      return () => (own ? clock.clearTimeout?.(handle) : clearTimeout(handle as NodeJS.Timeout));
    },
  };
}

/** Reads the second clock once per millisecond of the first: reading clocks is most of the cost of a call. */
function createSystemMonotonic(): (wall: number) => number {
  let readAt = Number.NaN;
  let value = 0;
  return (wall) => {
    if (wall !== readAt) {
      readAt = wall;
      value = performance.now();
    }
    return value;
  };
}
