import type { ClientClass } from './client-config.js';

/** Which keys calls had. */
export interface ClientKeyMemo {
  /** The key of a call; undefined when none like it was seen. */
  get(Client: ClientClass, config: object): string | undefined;
  set(Client: ClientClass, config: object, key: string): void;
}

/** A call so far: the options that were given up to here, in their order. */
interface Call {
  key?: string;
  next?: Map<string, Map<unknown, Call>>;
}

/** The calls of one class, and how many steps they have. */
interface Calls {
  readonly start: Call;
  steps: number;
}

/** So many steps of calls are remembered for a class; those that follow begin anew. */
const MAX_STEPS = 1_000;

/**
 * Makes a memory of calls and their keys, so that a client which was made before is found without resolving its configuration.
 * Options are told apart by their values: a call whose options hold anything but texts, numbers and booleans is resolved each time.
 */
export function createClientKeyMemo(): ClientKeyMemo {
  const byClass = new WeakMap<ClientClass, Calls>();

  function callOf(Client: ClientClass, config: object): Call | undefined {
    let calls = byClass.get(Client);
    if (calls === undefined || calls.steps > MAX_STEPS) {
      calls = { start: {}, steps: 0 };
      byClass.set(Client, calls);
    }
    return follow(calls, config);
  }

  return {
    get: (Client, config) => callOf(Client, config)?.key,
    set(Client, config, key) {
      const call = callOf(Client, config);
      if (call) call.key = key;
    },
  };
}

/** Goes from option to option, making what is new on the way; undefined for options that cannot be told apart by value. */
function follow(calls: Calls, config: object): Call | undefined {
  let call = calls.start;
  if (Object.getPrototypeOf(config) !== Object.prototype) return undefined;
  for (const name of Object.keys(config)) {
    const value = (config as Record<string, unknown>)[name];
    if (value === undefined) continue;
    const type = typeof value;
    if (!(type === 'string' || type === 'number' || type === 'boolean')) return undefined;
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
