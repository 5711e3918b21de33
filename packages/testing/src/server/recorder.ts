import type { OpenRecord, RecordedRequest } from './recorded-request.js';

/** Keeps what was received, and lets tests wait for it. */
export interface Recorder {
  readonly requests: readonly RecordedRequest[];
  readonly add: (record: OpenRecord) => void;
  readonly count: (operation: string) => number;
  /** Resolves when this many requests of an operation have arrived. */
  readonly received: (operation: string, count: number) => Promise<void>;
}

export function createRecorder(): Recorder {
  const requests: OpenRecord[] = [];
  const waiting = new Set<{ readonly operation: string; readonly count: number; readonly resolve: () => void }>();
  const count = (operation: string): number => requests.filter((request) => request.operation === operation).length;
  return {
    requests,
    count,
    add(record) {
      requests.push(record);
      for (const waiter of waiting) {
        if (count(waiter.operation) < waiter.count) continue;
        waiting.delete(waiter);
        waiter.resolve();
      }
    },
    received: (operation, wanted) =>
      new Promise((resolve) => {
        if (count(operation) >= wanted) resolve();
        else waiting.add({ operation, count: wanted, resolve });
      }),
  };
}
