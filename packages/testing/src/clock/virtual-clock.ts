import { setImmediate } from 'node:timers';
import { boolean, checkOptions, date } from '../option-check.js';
import { checkedStep, checkedTime } from './clock-values.js';
import { createRealTimeClock } from './real-time-clock.js';

/** How a {@link VirtualClock} starts. */
export interface VirtualClockOptions {
  /** The first value of `now()`. Default: the real time at creation, cut to the second unless `realTime`. */
  readonly startAt?: Date | undefined;
  /** `true`: the clock runs with real time from `startAt` on, with real (unref'ed) timers. Default `false`: it stands still. */
  readonly realTime?: boolean | undefined;
}

/**
 * A clock that moves when it is told to. It fits wherever a `Clock` is accepted (`createSession({ clock })`), and it is
 * what a fake AWS lets credentials expire by. Its functions do not use `this`, so they may be passed around.
 */
export interface VirtualClock {
  /** Wall-clock time in milliseconds since the epoch. */
  readonly now: () => number;
  /** Elapsed milliseconds since creation; `set` does not change it, as a corrected wall clock does not change a real one. */
  readonly monotonic: () => number;
  /**
   * Moves both clocks forward and runs each timer that falls due, in order of due time and then of creation, with `now()`
   * at its due time. Timers made meanwhile run too when they fall due. An error thrown by a timer stops the clock there.
   * @throws {@link FakeAwsError} `ERR_BSM_OPTION_INVALID` when `ms` is negative or not finite.
   */
  readonly advance: (ms: number) => void;
  /** Like `advance`, but lets pending promises and I/O callbacks run before and after each timer. */
  readonly advanceAsync: (ms: number) => Promise<void>;
  /** Sets the wall clock, backwards too, as NTP or a person does: timers and `monotonic()` are not touched. */
  readonly set: (time: Date | number) => void;
  /** Calls `fn` when `ms` have been advanced. Holds no process open. */
  readonly setTimeout: (fn: () => void, ms: number) => unknown;
  /** Cancels a timer; an unknown or elapsed handle is ignored. */
  readonly clearTimeout: (handle: unknown) => void;
  /** Number of timers that wait. */
  readonly pendingTimers: number;
}

interface Timer {
  readonly due: number;
  readonly fn: () => void;
}

/**
 * Creates a clock that stands still until it is advanced.
 *
 * With `realTime: true` it follows real time instead, its timers are real and unref'ed, and `advance` and `set` shift it
 * without firing timers.
 *
 * @throws {@link FakeAwsError} `ERR_BSM_OPTION_INVALID` for an option that cannot be used.
 * @example
 * ```ts
 * const clock = createVirtualClock({ startAt: new Date('2026-01-01T00:00:00Z') });
 * clock.setTimeout(() => refresh(), 60_000);
 * clock.advance(3_600_000); // refresh() ran, with clock.now() at 00:01:00
 * ```
 */
export function createVirtualClock(options: VirtualClockOptions = {}): VirtualClock {
  checkOptions<VirtualClockOptions>(options, { startAt: date(), realTime: boolean() });
  const startAt = options.startAt?.getTime();
  if (options.realTime === true) return createRealTimeClock(startAt ?? Date.now());
  // AWS writes expirations in whole seconds: from a whole second on, lifetimes come out exactly as they were asked for.
  return createStandingClock(startAt ?? Math.floor(Date.now() / 1000) * 1000);
}

function createStandingClock(startAt: number): VirtualClock {
  let elapsed = 0;
  let offset = startAt;
  const timers = new Set<Timer>();

  const fireNext = (until: number): boolean => {
    const next = earliest(timers);
    if (next === undefined || next.due > until) return false;
    timers.delete(next);
    elapsed = Math.max(elapsed, next.due);
    next.fn();
    return true;
  };

  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    advance(ms) {
      const until = elapsed + checkedStep(ms);
      while (fireNext(until)) {
        // each call fires one timer
      }
      elapsed = Math.max(elapsed, until);
    },
    async advanceAsync(ms) {
      const until = elapsed + checkedStep(ms);
      await settle();
      while (fireNext(until)) await settle();
      elapsed = Math.max(elapsed, until);
      await settle();
    },
    set(time) {
      offset = checkedTime(time) - elapsed;
    },
    setTimeout(fn, ms) {
      const timer: Timer = { due: elapsed + Math.max(0, Number.isNaN(ms) ? 0 : ms), fn };
      timers.add(timer);
      return timer;
    },
    clearTimeout(handle) {
      timers.delete(handle as Timer);
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}

function earliest(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (first === undefined || timer.due < first.due) first = timer;
  return first;
}

// node:timers rather than the global, which test runners replace by fakes that would never fire here.
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
