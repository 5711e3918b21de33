import type { ClientClass } from './client-config.js';
import { read } from './scrub-error.js';

/** What the clients of a class find out by themselves, handed from the first one to those that follow. */
export interface SettledConfig {
  /** Options beneath those of the next client of the class. */
  of(Client: ClientClass, given: object | undefined): object | undefined;
  /** Takes what a client found out. `given` is what it was told: that says nothing about the others. */
  learn(Client: ClientClass, client: unknown, given: object | undefined): void;
  /** Forgets everything: environment and files are read again. */
  clear(): void;
}

/**
 * Options that a client looks up in the environment and the shared files when it is made, with the same result whatever its region and
 * its identity. Each client of the SDK does so for itself, which is a third of what it costs to make and use one.
 */
const SETTLED = [
  'maxAttempts',
  'retryMode',
  'useDualstackEndpoint',
  'userAgentAppId',
  'authSchemePreference',
  'requestChecksumCalculation',
  'responseChecksumValidation',
  'sigv4aSigningRegionSet',
  'useArnRegion',
  'disableS3ExpressSessionAuth',
  'disableMultiregionAccessPoints',
  'accountIdEndpointMode',
];

/** Makes the memory that the clients of a root session, and of all that come from it, share. */
export function createSettledConfig(): SettledConfig {
  let byClass = new Map<ClientClass, Record<string, unknown>>();
  return {
    of: (Client, given) => (isOwnProfile(given) ? undefined : byClass.get(Client)),
    learn(Client, client, given = {}) {
      if (isOwnProfile(given)) return;
      const config = read(client, 'config');
      const known = byClass.get(Client) ?? {};
      for (const name of SETTLED) {
        const value = Object.hasOwn(given, name) || name in known ? undefined : read(config, name);
        // Functions of the client itself, which look up once and remember.
        if (typeof value === 'function')
          known[name] = name === 'retryMode' ? standardWhenUnknown(value as () => unknown) : value;
      }
      byClass.set(Client, known);
      // A region that is a function is not asked before the client itself does.
      if (typeof read(given, 'region') === 'string') {
        for (const name of Object.keys(USUAL)) void learnUsual(known, config, given, name);
      }
    },
    clear() {
      byClass = new Map();
    },
  };
}

/**
 * What the SDK derives from a setting and the region, with the value of nearly all clients. It can only have that without a setting, so
 * that the next client, whatever its region, need not look for one.
 */
const USUAL: Readonly<Record<string, unknown>> = { defaultsMode: 'legacy', useFipsEndpoint: false };

async function learnUsual(known: Record<string, unknown>, config: unknown, given: object, name: string): Promise<void> {
  const lookUp = Object.hasOwn(given, name) || name in known ? undefined : read(config, name);
  try {
    if (typeof lookUp === 'function' && (await lookUp()) === USUAL[name]) known[name] = USUAL[name];
  } catch {
    // A setting that does not exist, or no region: each client says so itself.
  }
}

/** A client with a profile of its own reads other settings than the rest. */
function isOwnProfile(given: object | undefined): boolean {
  return read(given, 'profile') !== undefined;
}

/**
 * The retry mode without a setting is that of the defaults mode, which may ask for the region of the first client, whose session may
 * be closed by then. It is the same in every defaults mode.
 */
function standardWhenUnknown(lookUp: () => unknown): () => Promise<unknown> {
  return async () => {
    try {
      return await lookUp();
    } catch {
      return 'standard';
    }
  };
}
