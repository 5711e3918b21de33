import type { ClientClass } from './client-config.js';
import { read } from './scrub-error.js';

/** What the clients of a class find out by themselves, handed from the first one to those that follow. */
export interface SettledConfig {
  /** Options beneath those of the next client of the class. */
  of(Client: ClientClass): object | undefined;
  /** Takes what a client found out. `given` is what it was told: that says nothing about the others. */
  learn(Client: ClientClass, client: unknown, given: object): void;
  /** Forgets everything: environment and files are read again. */
  clear(): void;
}

/**
 * Options that a client looks up in the environment and the shared files when it is made, with the same result for every region and
 * every identity. A client of the SDK does so for itself, which is a third of what it costs to make and use one.
 */
const SETTLED = [
  'maxAttempts',
  'retryMode',
  'useDualstackEndpoint',
  'useFipsEndpoint',
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
    of: (Client) => byClass.get(Client),
    learn(Client, client, given) {
      const config = read(client, 'config');
      const known = byClass.get(Client) ?? {};
      for (const name of SETTLED) {
        const value = Object.hasOwn(given, name) || name in known ? undefined : read(config, name);
        // Functions of the client itself, which look up once and remember.
        if (typeof value === 'function') known[name] = value;
      }
      byClass.set(Client, known);
    },
    clear() {
      byClass = new Map();
    },
  };
}
