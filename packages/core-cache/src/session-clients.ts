import { assertOption, isObject, type OptionCheck, optionInvalid } from './check-options.js';
import type { ClientClass, ClientConfig, ClientDefaults } from './client-config.js';
import { definedFields } from './defined-fields.js';
import { type RepairableClient, repairRejections } from './repair-rejection.js';
import { read } from './scrub-error.js';
import type { SessionStore } from './session-store.js';
import { backingOf, type SharedCredentials } from './shared-credentials.js';
import { identity, stableKey } from './stable-key.js';

export interface SessionClientsOptions {
  readonly credentials: SharedCredentials;
  readonly region: () => Promise<string>;
  /** The region as text, when it was given as one: an equal one in a call is then no difference. */
  readonly regionName: string | undefined;
  readonly clientDefaults: ClientDefaults;
  readonly store: SessionStore<string>;
}

/** The clients of one session, by class and resolved configuration. */
export interface SessionClients {
  get<Class extends ClientClass>(Client: Class, config: ClientConfig<Class> | undefined): InstanceType<Class>;
}

type Configuration = Record<string, unknown>;

export function createSessionClients(options: SessionClientsOptions): SessionClients {
  const { credentials, region, regionName, clientDefaults, store } = options;
  const own: Configuration = { credentials, region };

  /** What tells the client of a configuration from others of this session. */
  function keyOf(Client: ClientClass, resolved: Configuration): string {
    const distinct: Configuration = { ...resolved };
    for (const name of ['credentials', 'region', 'token']) {
      const value = distinct[name];
      // What equals the session's own is no difference.
      if (value === own[name] || value === regionName) delete distinct[name];
      // By identity: other credentials get another client, and no secret enters the key.
      else if (Object(value) === value) distinct[name] = identity(value as object);
    }
    return stableKey([Client, distinct]);
  }

  function make(Client: ClientClass, resolved: Configuration): unknown {
    const client = construct(Client, resolved);
    const backing = resolved['credentials'] === credentials ? backingOf(credentials) : undefined;
    if (backing) repairRejections(client as RepairableClient, credentials, backing.isRejection);
    return client;
  }

  return {
    get<Class extends ClientClass>(Client: Class, config = {} as ClientConfig<Class>): InstanceType<Class> {
      assertOption('session.client', 'Client', Client, isClientClass);
      assertOption('session.client', 'config', config, isObject);
      const found = store.find?.(Client, config);
      if (found) return found as InstanceType<Class>;
      const resolved: Configuration = { ...clientDefaults, ...own, ...definedFields(config as Configuration) };
      // The SDK would take null for none, and look for some elsewhere.
      resolved['credentials'] ??= credentials;
      resolved['region'] ??= region;
      const create = (defaults?: object): unknown => make(Client, { ...defaults, ...resolved });
      return store.getOrCreate(keyOf(Client, resolved), create, Client, config, resolved) as InstanceType<Class>;
    },
  };
}

const isClientClass: OptionCheck = (value) =>
  typeof value === 'function' && typeof read(value.prototype, 'send') === 'function' ? undefined : 'a client class';

function construct(Client: ClientClass, config: Configuration): unknown {
  try {
    return new Client(config);
  } catch (cause) {
    throw optionInvalid('session.client', 'config', 'what the client accepts', cause);
  }
}
