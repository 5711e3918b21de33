import { inspectSymbol } from './inspect-symbol.js';

/**
 * Lets `JSON.stringify`, `console.log` and `util.inspect` show a summary in place of an object, however deep they look.
 *
 * @returns the same object.
 */
export function showAs<T extends object>(target: T, summary: () => Readonly<Record<string, unknown>>): T {
  const shown = (): Record<string, unknown> =>
    Object.fromEntries(Object.entries(summary()).filter(([, value]) => value !== undefined));
  Object.defineProperty(target, 'toJSON', { value: shown, configurable: true });
  Object.defineProperty(target, inspectSymbol(), { value: shown, configurable: true });
  return target;
}
