import type { FakeAws } from '@bsm/testing';

/** Counts the calls of each operation from now on. */
export function countCalls(aws: FakeAws): (operation: string) => number {
  const start = aws.requests.length;
  return (operation) => aws.requests.slice(start).filter((request) => request.operation === operation).length;
}
