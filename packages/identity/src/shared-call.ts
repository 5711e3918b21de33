/** Answers from memory, joins the call under way, or starts one. */
export type SharedCall<T> = (signal?: AbortSignal) => Promise<T>;

/**
 * Makes a call that is done once for everybody who asks.
 *
 * A result is kept. A failure goes to all who wait for it and is forgotten, so that the next one tries again. An abort lets only
 * its own caller leave; the call itself is aborted and forgotten when the last one has left, so that a call that hangs does
 * not catch those who come later.
 */
export function createSharedCall<T>(work: (signal: AbortSignal) => Promise<T>): SharedCall<T> {
  let current: Call<T> | undefined;

  const forget = (call: Call<T>): void => {
    if (current === call) current = undefined;
  };
  const start = (): Call<T> => {
    const controller = new AbortController();
    const call: Call<T> = { controller, waiting: 0, result: work(controller.signal) };
    call.result.catch(() => forget(call));
    return call;
  };

  return (signal) => {
    if (signal?.aborted) return Promise.reject(signal.reason);
    current ??= start();
    const call = current;
    call.waiting += 1;
    if (!signal) return call.result;
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        reject(signal.reason);
        call.waiting -= 1;
        if (call.waiting > 0) return;
        forget(call);
        call.controller.abort(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      // Before the answer goes out: who has it may abort at once, and that must not undo anything.
      const stay = (): void => signal.removeEventListener('abort', leave);
      call.result.finally(stay).then(resolve, reject);
    });
  };
}

interface Call<T> {
  readonly controller: AbortController;
  readonly result: Promise<T>;
  waiting: number;
}
