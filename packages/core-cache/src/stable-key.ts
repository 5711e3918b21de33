/**
 * Turns a value into a text that is equal for equal values, whatever the order of their properties.
 *
 * `undefined` equals absent. Numbers, texts, dates, bytes, maps and sets count by value; functions, symbols and instances of
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
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
      return describeObject(value as object, path);
    default:
      return identity(value as object | symbol);
  }
}

function describeObject(value: object, path: readonly object[]): string {
  const loop = path.indexOf(value);
  if (loop >= 0) return `^${path.length - loop}`;
  const inner = [...path, value];
  const list = (values: Iterable<unknown>): string[] => Array.from(values, (item) => describe(item, inner));
  if (Array.isArray(value)) return `[${list(value).join(',')}]`;
  if (value instanceof Date) return `Date(${value.getTime()})`;
  if (value instanceof Set) return `Set(${list(value).sort().join(',')})`;
  if (value instanceof Map) return `Map(${list(value).sort().join(',')})`;
  if (ArrayBuffer.isView(value)) {
    return `${value.constructor.name}(${new Uint8Array(value.buffer, value.byteOffset, value.byteLength).join(',')})`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return identity(value);
  const symbols = Object.getOwnPropertySymbols(value).filter((name) =>
    Object.prototype.propertyIsEnumerable.call(value, name),
  );
  const fields = [...Object.keys(value), ...symbols]
    .map((name) => [name, (value as Record<string | symbol, unknown>)[name]] as const)
    .filter(([, field]) => field !== undefined)
    .map(([name, field]) => `${describe(name, inner)}:${describe(field, inner)}`);
  return `{${fields.sort().join(',')}}`;
}

const identities: WeakMap<object, number> = /* @__PURE__ */ new WeakMap();
let last = 0;

// Registered symbols cannot be held weakly, but their name is their identity.
function identity(value: object | symbol): string {
  if (typeof value === 'symbol' && Symbol.keyFor(value) !== undefined)
    return `Symbol.for(${JSON.stringify(Symbol.keyFor(value))})`;
  const known = identities.get(value as object) ?? ++last;
  identities.set(value as object, known);
  return `#${known}`;
}
