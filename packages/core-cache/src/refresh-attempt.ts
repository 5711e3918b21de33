import type { Timekeeper } from './clock.js';
import { BsmError } from './errors.js';
import { createReentryGuard } from './reentry-guard.js';

/** What a source answered, and the place of the question in the order of all questions. */
export interface Answer {
  readonly value: unknown;
  readonly sequence: number;
}

/** One refresh: its source is asked once, or twice when the process was frozen meanwhile. */
export interface RefreshAttempt {
  /** Rejects with the source's error, with `ERR_BSM_REFRESH_TIMEOUT`, or with the reason of {@link abandon}. */
  readonly outcome: Promise<Answer>;
  /** Asks the source, unless the attempt was abandoned before. */
  begin(): void;
  abandon(reason: Error): void;
  /** Whether the running code was called by the source of this attempt. */
  isInside(): boolean;
}

export interface RefreshAttemptOptions {
  readonly ask: (signal: AbortSignal) => unknown;
  readonly timeoutMs: number;
  readonly time: Timekeeper;
  readonly nextSequence: () => number;
  /** Receives an answer that came after the attempt was over. */
  readonly onLateAnswer: (answer: Answer) => void;
}

// A deadline that fires later than this was not kept by the machine: it slept, or the process was frozen.
const FROZEN_MS = 1_000;

export function createRefreshAttempt(options: RefreshAttemptOptions): RefreshAttempt {
  const { ask, timeoutMs, time, nextSequence, onLateAnswer } = options;
  const guard = createReentryGuard();
  const { promise: outcome, resolve, reject } = withResolvers<Answer>();
  let over = false;
  let asked = 0;
  let stopTimer = (): void => {};
  let abort = (_reason?: Error): void => {};

  const finish = (settle: () => void): void => {
    if (over) return;
    over = true;
    stopTimer();
    guard.end();
    settle();
  };
  const fail = (reason: Error): void => {
    abort(reason);
    finish(() => reject(reason));
  };

  function askOnce(mayRestart: boolean): void {
    const turn = ++asked;
    const sequence = nextSequence();
    const controller = new AbortController();
    abort = (reason) => controller.abort(reason);
    stopTimer = watchDeadline(mayRestart);
    guard
      .run(() => callSource(ask, controller.signal))
      .then(
        (value) => {
          if (over) return onLateAnswer({ value, sequence });
          // The first question was answered after all: nobody waits for the second.
          if (turn !== asked) abort();
          finish(() => resolve({ value, sequence }));
        },
        // The first question fails because the second replaced it: that is no failure of the attempt.
        (error: unknown) => turn === asked && finish(() => reject(error)),
      );
  }

  function watchDeadline(mayRestart: boolean): () => void {
    const started = time.moment();
    return time.startTimer(() => {
      const late = time.elapsedSince(started) - timeoutMs;
      if (!mayRestart || late <= FROZEN_MS) return fail(timedOut(timeoutMs));
      const abortFirst = abort;
      askOnce(false);
      abortFirst(timedOut(timeoutMs));
    }, timeoutMs);
  }

  return {
    outcome,
    begin() {
      if (!over) askOnce(true);
    },
    abandon: fail,
    isInside: () => guard.isInside(),
  };
}

/** Calls the source; a synchronous throw and a plain value become what a promise would be. */
async function callSource(ask: (signal: AbortSignal) => unknown, signal: AbortSignal): Promise<unknown> {
  return await ask(signal);
}

function timedOut(timeoutMs: number): BsmError {
  const message = `The source of the credentials did not answer within ${timeoutMs} ms.`;
  return new BsmError('ERR_BSM_REFRESH_TIMEOUT', message, { retryable: true, details: { timeoutMs } });
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
