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

  /** The configuration that the client gets, and the part of it that tells it from others of this session. */
  function resolve(config: Configuration): { resolved: Configuration; distinct: Configuration } {
    const resolved: Configuration = {
      ...clientDefaults,
      ...own,
      ...definedFields(config),
    };
    const distinct: Configuration = { ...resolved };
    if (distinct['credentials'] === credentials) delete distinct['credentials'];
    if (distinct['region'] === region || (regionName !== undefined && distinct['region'] === regionName))
      delete distinct['region'];
    // By identity: other credentials get another client, and no secret enters the key.
    for (const secret of ['credentials', 'token']) {
      const foreign = distinct[secret];
      if (typeof foreign === 'object' && foreign !== null) distinct[secret] = identity(foreign);
    }
    return { resolved, distinct };
  }

  function make(Client: ClientClass, resolved: Configuration): unknown {
    const client = construct(Client, resolved);
    const backing = resolved['credentials'] === credentials ? backingOf(credentials) : undefined;
    if (backing) repairRejections(client as RepairableClient, credentials, backing.isRejection);
    return client;
  }

  return {
    get<Class extends ClientClass>(Client: Class, config: ClientConfig<Class> | undefined): InstanceType<Class> {
      assertOption('session.client', 'Client', Client, isClientClass);
      assertOption('session.client', 'config', config === undefined ? {} : config, isObject);
      const parts = () => resolve((config ?? {}) as Configuration);
      const resolveKey = (): string => stableKey([Client, parts().distinct]);
      const key = store.keyOf ? store.keyOf(Client, config, resolveKey) : resolveKey();
      const given = (): object => parts().resolved;
      const create = (defaults?: object): unknown => make(Client, { ...defaults, ...given() });
      return store.getOrCreate(key, create, Client, given) as InstanceType<Class>;
    },
  };
}

const isClientClass: OptionCheck = (value) =>
  typeof value === 'function' && typeof read(value.prototype, 'send') === 'function'
    ? undefined
    : 'a client class of the AWS SDK';

function construct(Client: ClientClass, config: Configuration): unknown {
  try {
    return new Client(config);
  } catch (cause) {
    throw optionInvalid('session.client', 'config', 'what the client accepts', cause);
  }
}
