/** Counts what a cache holds by class, to tell of a leak. */
export interface CacheGrowth {
  add(client: unknown): void;
  remove(client: unknown): void;
  clear(): void;
}

/** So many clients of one class are no design: something in their configuration is new each time, such as a handler. */
const MANY = 100;

/** Calls `tell` when there are {@link MANY} clients of one class; once per class. */
export function createCacheGrowth(tell: (className: string, size: number) => void): CacheGrowth {
  let counts = new Map<unknown, number>();
  const told = new WeakSet<object>();

  function change(client: unknown, by: number): void {
    const Class = (client as object).constructor;
    const size = (counts.get(Class) ?? 0) + by;
    counts.set(Class, size);
    if (size < MANY || told.has(Class)) return;
    told.add(Class);
    tell(Class.name, size);
  }

  return {
    add: (client) => change(client, 1),
    remove: (client) => change(client, -1),
    clear() {
      counts = new Map();
    },
  };
}
