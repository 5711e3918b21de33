import { defineHidden } from './define-hidden.js';
import { definedFields } from './defined-fields.js';
import { inspectSymbol } from './inspect-symbol.js';

/**
 * Lets `JSON.stringify`, `console.log` and `util.inspect` show a summary in place of an object, however deep they look.
 *
 * @returns the same object.
 */
export function showAs<T extends object>(target: T, summary: () => Readonly<Record<string, unknown>>): T {
  const shown = (): Record<string, unknown> => definedFields(summary());
  for (const key of ['toJSON', inspectSymbol()]) defineHidden(target, key, shown);
  return target;
}
