import { maskAccessKeyId } from './mask-access-key-id.js';
import { MASK } from './scan-rule.js';
import { isSensitiveName } from './sensitive-name.js';

/** How many objects deep a copy goes. */
const MAX_DEPTH = 64;

/** Copies a value without its secrets; `text` redacts one string. */
export function redactValue(value: unknown, text: (text: string) => string): unknown {
  return new Copier(text).copy(value, false, 0);
}

class Copier {
  readonly #text: (text: string) => string;
  /** Copies made so far, so that cycles and shared objects keep their shape; kept apart for what stands under a secret name. */
  readonly #copies: readonly [open: Map<object, unknown>, secret: Map<object, unknown>] = [new Map(), new Map()];

  constructor(text: (text: string) => string) {
    this.#text = text;
  }

  /** Copies a value; `secret`: everything in it is secret, because of the name it stands under. */
  copy(value: unknown, secret: boolean, depth: number): unknown {
    if (typeof value === 'string') return secret && value !== '' ? MASK : this.#text(value);
    if (typeof value === 'number' || typeof value === 'bigint') return secret ? MASK : value;
    if (typeof value !== 'object' || value === null) return value;
    const copies = this.#copies[secret ? 1 : 0];
    if (copies.has(value)) return copies.get(value);
    if (depth >= MAX_DEPTH) return MASK;
    try {
      return this.#copyObject(value, secret, depth, (copy) => copies.set(value, copy));
    } catch {
      return MASK; // a proxy whose traps throw, a revoked proxy, an object that lies about its kind
    }
  }

  #copyObject(value: object, secret: boolean, depth: number, remember: (copy: object) => void): unknown {
    if (Array.isArray(value)) return this.#copyArray(value, secret, depth, remember);
    if (value instanceof Map) return this.#copyMap(value, secret, depth, remember);
    if (value instanceof Set) {
      const copy = new Set<unknown>();
      remember(copy);
      for (const item of value) copy.add(this.copy(item, secret, depth + 1));
      return copy;
    }
    if (value instanceof Error) return this.#copyError(value, secret, depth, remember);
    if (value instanceof Date) return secret ? MASK : new Date(value.getTime());
    if (ArrayBuffer.isView(value)) return MASK;
    return this.#copyByTag(value, secret, depth, remember);
  }

  #copyByTag(value: object, secret: boolean, depth: number, remember: (copy: object) => void): unknown {
    switch (Object.prototype.toString.call(value).slice(8, -1)) {
      case 'ArrayBuffer':
      case 'SharedArrayBuffer':
      case 'Blob':
      case 'File':
        return MASK;
      case 'String':
      case 'URL':
      case 'RegExp':
        return secret ? MASK : this.#text((value as { toString(): string }).toString());
      case 'Number':
      case 'BigInt':
        return this.copy(value.valueOf(), secret, depth);
      case 'Headers':
      case 'URLSearchParams':
      case 'FormData':
        return this.#copyEntries(value as Iterable<[unknown, unknown]>, secret, depth, remember);
      default:
        return this.#copyMembers(value, emptyLike(value), secret, depth, remember);
    }
  }

  #copyArray(items: readonly unknown[], secret: boolean, depth: number, remember: (copy: object) => void): unknown[] {
    const copy: unknown[] = [];
    copy.length = items.length;
    remember(copy);
    for (const key of Object.keys(items)) {
      const index = Number(key);
      // Raw headers are lists of names and values in turn, entries are lists of one name and its value.
      const before = Number.isInteger(index) && index % 2 === 1 ? items[index - 1] : undefined;
      const named = typeof before === 'string' && isSensitiveName(before) && !isName(items[index]);
      define(copy, key, this.copy(read(items, key), secret || named, depth + 1));
    }
    return copy;
  }

  #copyMap(map: Map<unknown, unknown>, secret: boolean, depth: number, remember: (copy: object) => void): unknown {
    const copy = new Map<unknown, unknown>();
    remember(copy);
    for (const [key, value] of map) {
      copy.set(this.copy(key, false, depth + 1), this.#copyNamed(key, value, secret, depth));
    }
    return copy;
  }

  /** Headers, search parameters and the like become plain objects. */
  #copyEntries(
    entries: Iterable<[unknown, unknown]>,
    secret: boolean,
    depth: number,
    remember: (copy: object) => void,
  ): unknown {
    const copy = {};
    remember(copy);
    for (const [key, value] of entries) define(copy, String(key), this.#copyNamed(key, value, secret, depth));
    return copy;
  }

  #copyError(error: Error, secret: boolean, depth: number, remember: (copy: object) => void): Error {
    const copy = new Error();
    Object.setPrototypeOf(copy, Object.getPrototypeOf(error));
    remember(copy);
    for (const key of ['name', 'message', 'stack', 'cause', 'errors']) {
      const own = Object.hasOwn(error, key);
      const member = own || key === 'stack' ? this.#copyNamed(key, read(error, key), secret, depth) : undefined;
      if (own || key === 'stack') define(copy, key, member, Object.prototype.propertyIsEnumerable.call(error, key));
    }
    return this.#copyMembers(error, copy, secret, depth, remember) as Error;
  }

  /** Copies the enumerable members, those under symbols too; all become plain data. */
  #copyMembers(from: object, to: object, secret: boolean, depth: number, remember: (copy: object) => void): object {
    remember(to);
    const pair = pairedValueKey(from);
    for (const key of Reflect.ownKeys(from)) {
      if (!Object.prototype.propertyIsEnumerable.call(from, key)) continue;
      const name = typeof key === 'string' ? this.#text(key) : key;
      define(to, name, this.#copyNamed(key, read(from, key), secret || key === pair, depth));
    }
    return to;
  }

  #copyNamed(name: unknown, value: unknown, secret: boolean, depth: number): unknown {
    const label = typeof name === 'symbol' ? (name.description ?? '') : name;
    if (typeof label !== 'string') return this.copy(value, secret, depth + 1);
    if (!secret && typeof value === 'string' && isKeyIdName(label)) {
      return value.includes(MASK) ? this.#text(value) : maskAccessKeyId(value);
    }
    return this.copy(value, secret || isSensitiveName(label), depth + 1);
  }
}

/** In `{ name: 'AWS_SECRET_ACCESS_KEY', value: '…' }`, the key of the value. */
function pairedValueKey(object: object): string | undefined {
  const keys = Object.keys(object);
  const named = keys.find((key) => /^(?:name|key)$/i.test(key));
  const name = named === undefined ? undefined : read(object, named);
  return typeof name === 'string' && isSensitiveName(name) ? keys.find((key) => /^value$/i.test(key)) : undefined;
}

function isKeyIdName(name: string): boolean {
  return name.length < 64 && /access[-_ ]?key(?:[-_ ]?id)?$/i.test(name);
}

/** An identifier without a digit, which in a list of names stands behind another name. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z]+(?:[-_][A-Za-z]+)*$/.test(value);
}

/** An accessor that throws has no value to show. */
function read(object: object, key: string | symbol): unknown {
  try {
    return Reflect.get(object, key);
  } catch {
    return MASK;
  }
}

/** Defines instead of assigning: an own `__proto__` must not become the prototype. */
function define(object: object, key: string | symbol, value: unknown, enumerable = true): void {
  Object.defineProperty(object, key, { value, enumerable, writable: true, configurable: true });
}

/**
 * An object without members. A class instance becomes one of an empty class of the same name, since methods would work on
 * private state that a copy does not have.
 */
function emptyLike(value: object): object {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return Object.create(null) as object;
  const owner: unknown = read(value, 'constructor');
  if (prototype === Object.prototype || typeof owner !== 'function' || owner === Object) return {};
  const Inert = class {};
  Object.defineProperty(Inert, 'name', { value: String(owner.name) });
  return new Inert();
}
