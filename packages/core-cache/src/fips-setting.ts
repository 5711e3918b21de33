import type { ClientClass } from './client-config.js';
import { read } from './scrub-error.js';

/** Whether FIPS endpoints are set, looked up once for many clients. */
export interface FipsSetting {
  /** Notes a client that was made: the next one of its class may be spared the look-up. */
  note(Client: ClientClass, client: unknown): void;
  /** The option for another client of the class; undefined while it has to look by itself. */
  of(Client: ClientClass): (() => Promise<unknown>) | undefined;
  clear(): void;
}

/**
 * Makes the memory of one root session.
 *
 * Only that FIPS is not set is remembered, and only for the environment in which the SDK said so: what a client is given looks at the
 * environment again when it is used, and asks the SDK anew after a change. A region such as `fips-us-west-2` means FIPS whatever
 * the setting; the SDK sees to that. Classes that extend those of the SDK look by themselves, since they may decide in their own way.
 */
export function createFipsSetting(): FipsSetting {
  const classes = new WeakSet<ClientClass>();
  let unsetIn: string | undefined;
  let askedIn: string | undefined;

  async function ask(Client: ClientClass, environment: string): Promise<void> {
    try {
      const isSet = await lookUp(Client);
      // Changed meanwhile, as within `withEnv`: nobody knows for which of the two the answer is.
      if (isSet === false && environmentNow() === environment) unsetIn = environment;
    } catch {
      // What cannot be looked up is left to each client.
    }
  }

  return {
    note(Client, client) {
      const isPlain = typeof read(read(client, 'config'), 'useFipsEndpoint') === 'function' && isClassOfSdk(Client);
      if (isPlain) classes.add(Client);
    },
    of(Client) {
      if (!classes.has(Client)) return undefined;
      const environment = environmentNow();
      if (unsetIn === environment) {
        return async () => (environmentNow() === environment ? false : lookUp(Client));
      }
      if (askedIn !== environment) void ask(Client, environment);
      askedIn = environment;
      return undefined;
    },
    clear() {
      unsetIn = undefined;
      askedIn = undefined;
    },
  };
}

/** Lets the SDK look: a client finds out for itself, with a region that has nothing to do with FIPS. */
async function lookUp(Client: ClientClass): Promise<unknown> {
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client: unknown = new Client({ region: 'us-east-1', credentials, requestHandler: {} });
  const { useFipsEndpoint } = read(client, 'config') as { useFipsEndpoint: () => Promise<unknown> };
  return useFipsEndpoint();
}

/** `S3Client` extends the client of all services, and that one nothing. */
function isClassOfSdk(Client: ClientClass): boolean {
  return Object.getPrototypeOf(Object.getPrototypeOf(Client)) === Function.prototype;
}

/** What decides besides the content of the files, of which the SDK keeps what it read. */
const VARIABLES = [
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'HOME',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
];

function environmentNow(): string {
  return JSON.stringify(VARIABLES.map((name) => globalThis.process?.env[name]));
}
