import type { Moment, Timekeeper } from './clock.js';
import type { BsmError } from './errors.js';
import type { HeldCredentials } from './held-credentials.js';
import type { RefreshOptions } from './refresh-options.js';
import { saysYes } from './says-yes.js';
import { isTerminalError } from './terminal-error.js';

/** What keeps a failing source from being asked too often: a back-off, or a remembered terminal error. */
export interface RefreshBrake {
  /** Whether the error says that retrying cannot help. */
  isTerminal(error: unknown): boolean;
  /** Takes note of a failed refresh; returns the length of the back-off, if one begins. */
  apply(error: BsmError, terminal: boolean, held: HeldCredentials | undefined): number | undefined;
  /** Whether a back-off is in force. */
  isPaused(): boolean;
  /** The error that began the back-off in force. */
  pauseError(): BsmError | undefined;
  /** The terminal error that is still remembered. */
  refusal(): BsmError | undefined;
  /** Whether the attempt before the next one met a terminal error. */
  afterTerminal(): boolean;
  /** Until a timer may try again, in milliseconds. */
  waitMs(): number;
  release(): void;
}

const DEFAULT_BACKOFF_MS = [300_000, 600_000] as const;
// How far attempts are apart when callers depend on the next one.
const URGENT_MS = [500, 5_000] as const;
const REMEMBER_TERMINAL_MS = [1_000, 5_000] as const;

interface Hold {
  readonly since: Moment;
  readonly ms: number;
  readonly error: BsmError;
}

export function createRefreshBrake(refresh: RefreshOptions, time: Timekeeper): RefreshBrake {
  const { random = Math.random, backoffMs = DEFAULT_BACKOFF_MS, serveExpired = 'never' } = refresh;
  const between = ([min, max]: readonly [number, number]): number => min + fraction(random) * (max - min);
  const left = (hold: Hold | undefined): number => (hold ? Math.max(0, hold.ms - time.elapsedSince(hold.since)) : 0);
  let pause: Hold | undefined;
  let terminal: Hold | undefined;
  let rest: Hold | undefined;

  /** AWS's rule; under 'never' it must not outlast the credentials, so that a source that is back is used within seconds. */
  function pauseMs(held: HeldCredentials): number {
    if (serveExpired !== 'never') return between(backoffMs);
    const untilMandatoryMs = held.invalidated ? 0 : held.untilMandatoryMs();
    return untilMandatoryMs > 0 ? Math.min(between(backoffMs), untilMandatoryMs) : between(URGENT_MS);
  }

  return {
    isTerminal: (error) => saysYes(refresh.isTerminalError ?? isTerminalError, error),
    apply(error, isTerminal, held) {
      const hold = (ms: number): Hold => ({ since: time.moment(), ms, error });
      terminal = isTerminal ? hold(between(REMEMBER_TERMINAL_MS)) : undefined;
      const pausesMs = held && !isTerminal ? pauseMs(held) : undefined;
      if (pausesMs !== undefined) pause = hold(pausesMs);
      // Nobody waits for a timer: after a failure without a back-off (the first fetch, a terminal error) it takes the long way.
      rest = hold(Math.max(pausesMs ?? between(backoffMs), URGENT_MS[0]));
      return pausesMs;
    },
    isPaused: () => left(pause) > 0,
    pauseError: () => pause?.error,
    refusal: () => (left(terminal) > 0 ? terminal?.error : undefined),
    afterTerminal: () => terminal !== undefined,
    waitMs: () => Math.max(left(rest), left(pause), left(terminal)),
    release() {
      pause = undefined;
      terminal = undefined;
      rest = undefined;
    },
  };
}

/** A user's `random` decides about pauses only: whatever else it does must not let a failing source be asked without one. */
function fraction(random: () => number): number {
  try {
    const value = random();
    return value >= 0 && value < 1 ? value : 0.5;
  } catch {
    return 0.5;
  }
}
