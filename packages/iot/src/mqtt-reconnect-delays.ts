/** How long to wait before the next attempt, in milliseconds, at least 1. Each answer replaces the one before. */
export interface ReconnectDelays {
  /** An attempt begins: the wait after it, should it fail. */
  readonly begin: () => number;
  /** It succeeded: the wait after a loss of the connection, until more is known. */
  readonly connected: () => number;
  /** The connection was lost: the wait, which goes on to grow when it was a short one. */
  readonly lost: () => number;
}

/** What the device SDKs of AWS wait. */
const DEFAULT_MS = [1_000, 120_000] as const;

/** A connection that lasts this long was a good one. Shorter ones may be two devices with one client id that oust each other. */
const GOOD_MS = 30_000;

/** Doubles the wait from attempt to attempt, with a jitter, so that a fleet does not come back in one moment. */
export function createReconnectDelays(
  [min, max]: readonly [min: number, max: number] = DEFAULT_MS,
  random: () => number = Math.random,
  now: () => number = () => performance.now(),
): ReconnectDelays {
  let attempts = 0;
  let connectedAt = 0;
  const delay = (doublings: number): number => {
    const ceiling = Math.min(max, min * 2 ** doublings);
    return Math.max(1, Math.round(min + random() * (ceiling - min)));
  };
  return {
    begin: () => delay(++attempts),
    connected() {
      connectedAt = now();
      return delay(1);
    },
    lost() {
      if (now() - connectedAt >= GOOD_MS) attempts = 0;
      return delay(Math.max(attempts, 1));
    },
  };
}
