import type { OpenRecord, RecordedRequest } from './recorded-request.js';

/** Keeps what was received, and lets tests wait for it. */
export interface Recorder {
  readonly requests: readonly RecordedRequest[];
  readonly add: (record: OpenRecord) => void;
  readonly count: (operation: string) => number;
  /** Resolves when this many requests of an operation have arrived; rejects when the recorder is closed before. */
  readonly received: (operation: string, count: number) => Promise<void>;
  /** Ends all waiting, since nothing will arrive any more. */
  readonly close: () => void;
}

interface Waiter {
  readonly operation: string;
  readonly wanted: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export function createRecorder(): Recorder {
  const requests: OpenRecord[] = [];
  const waiting = new Set<Waiter>();
  let closed = false;
  const count = (operation: string): number => requests.filter((request) => request.operation === operation).length;
  const settle = (waiter: Waiter): void => {
    const { operation, wanted } = waiter;
    const arrived = count(operation);
    if (arrived < wanted && !closed) return void waiting.add(waiter);
    waiting.delete(waiter);
    if (arrived >= wanted) waiter.resolve();
    else waiter.reject(new Error(`The fake AWS was closed when ${arrived} of ${wanted} ${operation} had arrived.`));
  };
  return {
    requests,
    count,
    add(record) {
      requests.push(record);
      for (const waiter of waiting) settle(waiter);
    },
    received(operation, wanted) {
      const promise = new Promise<void>((resolve, reject) => settle({ operation, wanted, resolve, reject }));
      // Whoever does not wait any more when the server closes is not to fail by it.
      promise.catch(() => {});
      return promise;
    },
    close() {
      closed = true;
      for (const waiter of waiting) settle(waiter);
    },
  };
}
