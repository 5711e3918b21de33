import type { ClientClass } from './client-config.js';

/** Gives the key of a client, resolving its configuration only when no call like it was seen. */
export type ClientKeyMemo = (Client: ClientClass, config: unknown, resolveKey: () => string) => string;

/** A call so far: the options that were given up to here, in their order. */
interface Call {
  key?: string;
  next?: Map<string, Map<unknown, Call>>;
}

/** So many steps of calls are remembered for a class; those that follow begin anew. */
const MAX_STEPS = 1_000;

/**
 * Makes a memory of calls and their keys, so that a client which was made before is found without resolving its configuration.
 * Options are told apart by their values: a call whose options hold anything but texts, numbers and booleans is resolved each time.
 */
export function createClientKeyMemo(): ClientKeyMemo {
  const byClass = new WeakMap<ClientClass, { readonly start: Call; steps: number }>();
  return (Client, config, resolveKey) => {
    let calls = byClass.get(Client);
    if (calls === undefined || calls.steps > MAX_STEPS) {
      calls = { start: {}, steps: 0 };
      byClass.set(Client, calls);
    }
    const call = follow(calls, config);
    if (call === undefined) return resolveKey();
    call.key ??= resolveKey();
    return call.key;
  };
}

/** Goes from option to option, making what is new on the way; undefined for options that cannot be told apart by value. */
function follow(calls: { readonly start: Call; steps: number }, config: unknown): Call | undefined {
  let call = calls.start;
  if (config === undefined) return call;
  if (Object.getPrototypeOf(config) !== Object.prototype) return undefined;
  for (const name of Reflect.ownKeys(config as object)) {
    const value = (config as Record<string | symbol, unknown>)[name];
    if (value === undefined) continue;
    const type = typeof value;
    if (typeof name === 'symbol' || !(type === 'string' || type === 'number' || type === 'boolean')) return undefined;
    call.next ??= new Map();
    const values = call.next.get(name) ?? new Map<unknown, Call>();
    const next = values.get(value) ?? {};
    if (next.key === undefined && next.next === undefined) {
      calls.steps++;
      call.next.set(name, values.set(value, next));
    }
    call = next;
  }
  return call;
}
