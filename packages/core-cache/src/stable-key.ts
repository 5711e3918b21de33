/**
 * Turns a value into a text that is equal for equal values, whatever the order of their properties.
 *
 * `undefined` equals absent. Numbers, texts, dates, maps and sets count by value; functions, symbols and instances of
 * classes by identity, so that two of them never share a key. A value that contains itself gets a key too. The text holds what
 * the value holds: do not log the key of a value with secrets.
 *
 * @example
 * ```ts
 * stableKey({ b: 1, a: undefined }) === stableKey({ b: 1 }); // true
 * ```
 */
export function stableKey(value: unknown): string {
  return describe(value, []);
}

function describe(value: unknown, path: readonly object[]): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'symbol' || typeof value === 'function') return identity(value);
  return typeof value === 'object' && value !== null ? describeObject(value, path) : String(value);
}

function describeObject(value: object, path: readonly object[]): string {
  const loop = path.indexOf(value);
  if (loop >= 0) return `^${path.length - loop}`;
  const inner = [...path, value];
  const list = (values: Iterable<unknown>): string[] => Array.from(values, (item) => describe(item, inner));
  if (Array.isArray(value)) return `[${list(value).join()}]`;
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (value instanceof Set || value instanceof Map) return `${value.constructor.name}(${list(value).sort().join()})`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return identity(value);
  const fields = Reflect.ownKeys(value)
    .map((name) => [name, Reflect.get(value, name)])
    .filter(([, field]) => field !== undefined)
    .map((pair) => list(pair).join(':'));
  return `{${fields.sort().join()}}`;
}

const identities: WeakMap<object, number> = /* @__PURE__ */ new WeakMap();
let last = 0;

/** A text that no other object, function or symbol has. Registered symbols cannot be held weakly, but their name is their identity. */
export function identity(value: object | symbol): string {
  if (typeof value === 'symbol' && Symbol.keyFor(value) !== undefined)
    return `Symbol.for(${JSON.stringify(Symbol.keyFor(value))})`;
  const known = identities.get(value as object) ?? ++last;
  identities.set(value as object, known);
  return `#${known}`;
}
