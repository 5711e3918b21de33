import type { SessionLike } from '@bsm/core-cache';
import { loadServiceClient as loadLightly, serviceClient as serveLightly } from './service-client.js';
import type { ServiceClientConfig, ServiceClientOf, TypedServiceLookup } from './service-clients.js';
import type { ServiceAliases, ServiceName } from './service-name.js';

/**
 * Gives the session's client of a service by name: what `session.client(S3Client, config)` gives for `'s3'`, the very same object.
 *
 * The class comes from the package that you installed (`@aws-sdk/client-s3`), loaded when it is first asked for. The package is
 * found from `lookup.resolveFrom`, else from the main module, in Lambda also in the function's directory and the SDK of the
 * runtime; never from the working directory. `lookup.services` gives modules directly. A session looks once, and again after
 * `session.clearCache()`. The names of boto3 and boto_session_manager are accepted too.
 *
 * Typed by what is installed: without the package the result is {@link NotInstalled}, which names the command. Importing these types
 * makes the compiler read every client that is installed; `session.client(S3Client)` and `@bsm/services/names` do without.
 *
 * @throws BsmError `ERR_BSM_SERVICE_UNKNOWN` with the nearest names; `ERR_BSM_PEER_MISSING` with the command that installs the
 * package; `ERR_BSM_PEER_UNSUPPORTED` for a package of another major version, one that does not load, or one without the class;
 * `ERR_BSM_OPTION_INVALID`; `ERR_BSM_SESSION_CLOSED`.
 *
 * @example
 * ```ts
 * const s3 = serviceClient(session, 's3', { forcePathStyle: true });
 * ```
 */
export function serviceClient<Name extends ServiceName | keyof ServiceAliases>(
  session: SessionLike,
  name: Name,
  config?: ServiceClientConfig<Name>,
  lookup?: TypedServiceLookup,
): ServiceClientOf<Name> {
  return serveLightly(session, name, config as object, lookup) as unknown as ServiceClientOf<Name>;
}

/**
 * Gives the same client through `import()`: for bundles, which pass `services: { s3: () => import('@aws-sdk/client-s3') }`, and for
 * packages that only `import` can load.
 *
 * What was loaded once is there for {@link serviceClient} as well. Callers at the same time get the same client; one that was loaded
 * while its session was closed is refused.
 *
 * @throws BsmError as {@link serviceClient}, always by rejecting.
 *
 * @example
 * ```ts
 * const services = { s3: () => import('@aws-sdk/client-s3') };
 * const s3 = await loadServiceClient(session, 's3', {}, { services });
 * ```
 */
export async function loadServiceClient<Name extends ServiceName | keyof ServiceAliases>(
  session: SessionLike,
  name: Name,
  config?: ServiceClientConfig<Name>,
  lookup?: TypedServiceLookup,
): Promise<ServiceClientOf<Name>> {
  const client = await loadLightly(session, name, config as object, lookup);
  return client as unknown as ServiceClientOf<Name>;
}
