import type { ClientClass } from './client-config.js';
import { definedFields } from './defined-fields.js';
import { createFipsSetting } from './fips-setting.js';
import { read } from './scrub-error.js';

/** What the clients of a class find out by themselves, handed from the first one to those that follow. */
export interface SettledConfig {
  /** Options beneath those of the next client of the class. */
  of(Client: ClientClass, given: object | undefined): object | undefined;
  /** Takes what a client found out. `given` is what it was told: that says nothing about the others. */
  learn(Client: ClientClass, client: unknown, given: object | undefined): void;
  /** Forgets everything: it is looked up again. */
  clear(): void;
}

/**
 * Options that a client looks up in the environment and the shared files when it is made, with the same result whatever its region and
 * its identity. Each client of the SDK does so for itself, which is a third of what it costs to make and use one. Not among them:
 * `useFipsEndpoint`, which nobody may miss who sets it later; it has a memory of its own.
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
  const fips = createFipsSetting();
  return {
    of(Client, given) {
      const known = isOwnProfile(given) ? undefined : byClass.get(Client);
      return known && { ...known, ...definedFields({ useFipsEndpoint: fips.of(Client) }) };
    },
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
      fips.note(Client, client);
      // A client without a handler of its own looks for the mode when it is made, one with a handler when it is used.
      const isTold = ['defaultsMode', 'requestHandler'].some((name) => Object.hasOwn(given, name));
      if (!isTold && !('defaultsMode' in known)) void learnMode(known, config);
    },
    clear() {
      byClass = new Map();
      fips.clear();
    },
  };
}

/** The defaults mode of nearly all clients. A client can only have it without a setting, whatever its region. */
const USUAL_MODE = 'legacy';

/** Hands on the usual mode. Another one may come from the region, and is left to each client. */
async function learnMode(known: Record<string, unknown>, config: unknown): Promise<void> {
  const lookUp = read(config, 'defaultsMode');
  try {
    if (typeof lookUp === 'function' && (await lookUp()) === USUAL_MODE) known['defaultsMode'] = USUAL_MODE;
  } catch {
    // A mode that does not exist: each client says so itself.
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
