import type { Timekeeper } from './clock.js';

/** Looks at things when the next of them may be due: at a use, and by a timer for when there is none. */
export interface IdleWatch {
  /** Looks now if that is due. */
  lookIfDue(): void;
  /** Looks after this time at the latest. */
  lookWithin(delayMs: number): void;
  stop(): void;
}

/** `look` returns after how many milliseconds to look again; Infinity when there is nothing to look at. */
export function createIdleWatch(time: Timekeeper, look: () => number): IdleWatch {
  let since = time.moment();
  let delayMs = Infinity;
  let stopTimer = (): void => {};

  function schedule(delay: number): void {
    stopTimer();
    since = time.moment();
    delayMs = delay;
    stopTimer = delay === Infinity ? () => {} : time.startTimer(run, delay);
  }

  function run(): void {
    delayMs = Infinity;
    schedule(look());
  }

  return {
    lookIfDue() {
      if (time.elapsedSince(since) >= delayMs) run();
    },
    lookWithin(delay) {
      if (delay < delayMs - time.elapsedSince(since)) schedule(delay);
    },
    stop: () => schedule(Infinity),
  };
}
