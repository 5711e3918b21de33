/** A logger that says nothing. The SDK logs session tokens to any logger it gets, and warns on the console when it gets none. */
export interface SilentLogger {
  trace(): void;
  debug(): void;
  info(): void;
  warn(): void;
  error(): void;
}

export function silentLogger(): SilentLogger {
  const silent = (): void => {};
  return { trace: silent, debug: silent, info: silent, warn: silent, error: silent };
}
