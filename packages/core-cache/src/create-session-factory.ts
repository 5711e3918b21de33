import { buildRootSession } from './build-session.js';
import { optionInvalid } from './check-options.js';
import { createTimekeeper } from './clock.js';
import { createConnectionPool } from './connection-pool.js';
import type { AwsCredentialIdentityProvider } from './credentials.js';
import type { DefaultCredentialsOptions } from './default-credentials.js';
import { defaultRegion } from './default-region.js';
import { createLifetime } from './lifetime.js';
import { resolveRegion } from './region.js';
import type { Session, SessionOptions } from './session.js';
import { checkSessionOptions } from './session-options.js';
import { createSessionStores } from './session-stores.js';

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
    // By name, since an options object may inherit some of its members.
    const { profile, mfaToken, clientDefaults, clientCache, resourceCache, refresh, clock } = options;
    const pool = createConnectionPool(options.pool);
    const lifetime = createLifetime();
    lifetime.onClose(() => pool.close());
    const region = options.region ?? (() => defaultRegion(profile));
    const source = (): AwsCredentialIdentityProvider =>
      dependencies.defaultCredentials({
        profile,
        mfaToken,
        region: () => resolveRegion(region),
        endpoint: clientDefaults?.endpoint,
        clock,
        // A handler of the user's is for clients of the user's.
        requestHandler: () => (clientDefaults?.requestHandler === undefined ? pool.agents() : undefined),
      });
    // A person who types a code is asked when callers wait, and never ahead of time.
    const interactiveMs = options.credentials === undefined && typeof mfaToken === 'function' ? PERSON_MS : undefined;
    const credentials = options.credentials ?? source();
    const stores = createSessionStores({ clientCache, resourceCache }, pool, createTimekeeper(clock));
    const parts = { clientDefaults, stores, lifetime, refresh, clock, profile, region, credentials, interactiveMs };
    return buildRootSession(parts);
  };
}
