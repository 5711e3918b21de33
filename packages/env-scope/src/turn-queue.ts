/** How one caller waits for its turn. */
export interface TurnRequest {
  /** Ends the wait with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Starts what ends the wait by calling `fail`; returns what stops it. Not called when there is no wait. */
  readonly startDeadline: (fail: (reason: unknown) => void) => () => void;
}

/** Gives turns one at a time, in the order in which they were asked for. */
export interface TurnQueue {
  /** Whether somebody has the turn or waits for it. */
  readonly isBusy: boolean;
  /** Takes a turn, at once when nobody has it; resolves with the function that ends it. What ends the wait rejects. */
  take(request: TurnRequest): Promise<() => void>;
  /** Resolves when nobody has the turn and nobody waits for it. */
  idle(): Promise<void>;
}

export function createTurnQueue(): TurnQueue {
  // In order of arrival; who leaves is forgotten, whatever its place.
  const waiting = new Set<() => void>();
  const idleListeners = new Set<() => void>();
  let taken = false;

  function end(): void {
    const [next] = waiting;
    if (next) {
      next();
      return;
    }
    taken = false;
    for (const listener of idleListeners) listener();
    idleListeners.clear();
  }

  return {
    get isBusy() {
      return taken;
    },
    take({ signal, startDeadline }) {
      if (signal?.aborted) return Promise.reject(signal.reason);
      if (!taken) {
        taken = true;
        return Promise.resolve(end);
      }
      return new Promise((resolve, reject) => {
        const stopWaiting = (): void => {
          waiting.delete(enter);
          signal?.removeEventListener('abort', abort);
          stopDeadline();
        };
        const enter = (): void => {
          stopWaiting();
          resolve(end);
        };
        const fail = (reason: unknown): void => {
          stopWaiting();
          reject(reason);
        };
        const abort = (): void => fail(signal?.reason);
        const stopDeadline = startDeadline(fail);
        signal?.addEventListener('abort', abort, { once: true });
        waiting.add(enter);
      });
    },
    idle() {
      return taken ? new Promise((resolve) => idleListeners.add(resolve)) : Promise.resolve();
    },
  };
}
