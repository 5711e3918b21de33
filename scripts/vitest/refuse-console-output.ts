import { createViolations } from './violations.ts';

const METHODS = ['debug', 'dir', 'error', 'info', 'log', 'table', 'trace', 'warn'] as const;

/** Fails a test in which anything is printed: by `console`, on stdout or stderr, or as a warning of Node. */
export function refuseConsoleOutput(): void {
  const violations = createViolations('A test must not print (nor the code that it runs):');
  for (const method of METHODS) {
    console[method] = (...args: unknown[]) => violations.add(`console.${method}: ${args.map(String).join(' ')}`);
  }
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].write = (chunk: Uint8Array | string, ...rest: unknown[]) => {
      const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
      if (text !== '') violations.add(`process.${name}: ${text}`);
      const written = rest.find((argument) => typeof argument === 'function');
      if (written !== undefined) process.nextTick(written);
      return true;
    };
  }
  process.on('warning', (warning) => violations.add(`${warning.name}: ${warning.message}\n${warning.stack ?? ''}`));
}
