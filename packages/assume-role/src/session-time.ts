/** What a wait needs to know of time. */
export interface SessionTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Starts a timer that does not keep the process alive; returns what stops it. */
  startTimer(callback: () => void, delayMs: number): () => void;
}

/** The real time. */
export function realTime(): SessionTime {
  return {
    now: Date.now,
    startTimer(callback, delayMs) {
      const handle = setTimeout(callback, delayMs);
      (handle as { unref?: () => void }).unref?.();
      return () => clearTimeout(handle);
    },
  };
}
