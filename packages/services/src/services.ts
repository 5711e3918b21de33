import { decodeServices, type ServiceEntry } from './decode-services.js';
import type { ServiceName } from './service-name.js';
import { SERVICE_TABLE } from './service-table.js';

/** Every service with what else it is called, decoded when it is first asked for. */
export interface ServiceIndex {
  readonly entries: ReadonlyMap<ServiceName, ServiceEntry>;
  /** The names by their other spellings. */
  readonly names: ReadonlyMap<string, ServiceName>;
}

let index: ServiceIndex | undefined;

/** Returns the services, the same ones each time. */
export function serviceIndex(): ServiceIndex {
  index ??= createIndex();
  return index;
}

function createIndex(): ServiceIndex {
  const entries = decodeServices(SERVICE_TABLE);
  const spellings = [...entries].flatMap(([name, { aliases }]) => aliases.map((alias) => [alias, name] as const));
  return { entries, names: new Map(spellings) };
}

/**
 * Every AWS service that boto3 knows, by the name that `serviceClient` takes. Read-only.
 *
 * 423 services from botocore 1.43.11. `confirmed` is false for the 73 packages that a list of the npm registry of November 2026 did
 * not have. Nothing is decoded before the first look; a bundle that does not use it does not contain it.
 *
 * @example
 * ```ts
 * SERVICES.cloudwatchLogs.packageName; // '@aws-sdk/client-cloudwatch-logs'
 * Object.keys(SERVICES).length; // 423
 * ```
 */
export const SERVICES: Readonly<Record<ServiceName, ServiceEntry>> = /* @__PURE__ */ createLazyRecord(
  () => serviceIndex().entries,
);

/** A frozen record without a prototype whose members are filled in by the first look at it. */
function createLazyRecord<Value>(members: () => ReadonlyMap<string, Value>): Readonly<Record<string, Value>> {
  const record: Record<string | symbol, unknown> = Object.create(null);
  const filled = (): typeof record => {
    if (!Object.isFrozen(record)) Object.freeze(Object.assign(record, Object.fromEntries(members())));
    return record;
  };
  // What prints a proxy looks past its traps.
  const inspect = Symbol.for('nodejs.util.inspect.custom');
  Object.defineProperty(record, inspect, { value: () => Object.fromEntries(Object.entries(filled())) });
  return new Proxy(record as Record<string, Value>, {
    get: (_, key) => Reflect.get(filled(), key) as unknown,
    has: (_, key) => Reflect.has(filled(), key),
    ownKeys: () => Reflect.ownKeys(filled()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(filled(), key),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
    setPrototypeOf: () => false,
    preventExtensions: () => Object.isFrozen(filled()),
    isExtensible: () => !Object.isFrozen(filled()),
  });
}
