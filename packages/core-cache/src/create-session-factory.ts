import { buildSession, type SessionRoot, shareFor } from './build-session.js';
import { optionInvalid } from './check-options.js';
import { createTimekeeper } from './clock.js';
import type { AwsCredentialIdentityProvider } from './credentials.js';
import type { DefaultCredentialsOptions } from './default-credentials.js';
import { createLifetime } from './lifetime.js';
import type { RegionSource } from './region.js';
import { resolveRegion } from './region.js';
import type { Session, SessionOptions } from './session.js';
import { checkSessionOptions } from './session-options.js';

/** What {@link createSessionFactory} is given: where credentials come from when a session is given none. */
export interface SessionFactoryDependencies {
  defaultCredentials(options: DefaultCredentialsOptions): AwsCredentialIdentityProvider;
}

/** How long a person may take for an MFA code of a profile. */
const PERSON_MS = 120_000;

/**
 * Makes a `createSession` with a default source of your own, so that a bundle does not contain the SDK's chain of providers.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` without `defaultCredentials`.
 *
 * @example
 * ```ts
 * const createSession = createSessionFactory({ defaultCredentials: () => fromHttp({}) });
 * ```
 */
export function createSessionFactory(dependencies: SessionFactoryDependencies): (options?: SessionOptions) => Session {
  if (typeof dependencies?.defaultCredentials !== 'function')
    throw optionInvalid('createSessionFactory', 'defaultCredentials', 'a function');
  return (options = {}) => {
    checkSessionOptions(options);
    const lifetime = createLifetime();
    const root: SessionRoot = {
      time: createTimekeeper(options.clock),
      lifetime,
      clientDefaults: { ...options.clientDefaults },
      clientCache: options.clientCache,
      resourceCache: options.resourceCache,
    };
    const region: RegionSource = { region: options.region, profile: options.profile };
    const source =
      options.credentials ??
      dependencies.defaultCredentials({
        profile: options.profile,
        mfaToken: options.mfaToken,
        region: () => resolveRegion(region),
        endpoint: options.clientDefaults?.endpoint,
      });
    // A person who types a code is asked when callers wait, and never ahead of time.
    const interactiveMs =
      options.credentials === undefined && typeof options.mfaToken === 'function' ? PERSON_MS : undefined;
    const credentials = shareFor(source, { root, lifetime, region, refresh: options.refresh, interactiveMs });
    return buildSession({ root, lifetime, parent: undefined, credentials, region });
  };
}
