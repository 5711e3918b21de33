/** Tells whether the running code was started, however indirectly, by one certain piece of work. */
export interface ReentryGuard {
  run<T>(work: () => T): T;
  isInside(): boolean;
  /** Ends the tracking: a live AsyncLocalStorage slows every `await` of the process. */
  end(): void;
}

/** Makes a guard for one piece of work. Where `AsyncLocalStorage` is absent, nothing is detected. */
export function createReentryGuard(): ReentryGuard {
  const AsyncLocalStorage = globalThis.process?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage;
  if (!AsyncLocalStorage) return { run: (work) => work(), isInside: () => false, end: () => {} };
  const storage = new AsyncLocalStorage<true>();
  return {
    run: (work) => storage.run(true, work),
    isInside: () => storage.getStore() === true,
    end: () => storage.disable(),
  };
}
