/** Each account is used in these. */
export const REGIONS: readonly string[] = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];

/** What a process needed for so many accounts. */
export interface Spent {
  readonly accounts: number;
  readonly rssBytes: number;
  /** Heap and buffers, where they can be told. */
  readonly heapBytes: number;
  readonly cpuMs: number;
}
