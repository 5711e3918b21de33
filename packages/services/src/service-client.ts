import { type ClientClass, fromSessionLike, type Session, type SessionLike } from '@bsm/core-cache';
import { type ClassSource, importClientClass, requireClientClass } from './client-classes.js';
import { findService } from './find-service.js';
import { checkLookup, type ServiceLookup } from './service-lookup.js';
import type { ServiceAliases, ServiceName } from './service-name.js';

/** What every client has, for where its own type is not known. */
export interface LightClient {
  readonly config: unknown;
  send(command: never): Promise<unknown>;
  destroy(): void;
}

/**
 * Gives the session's client of a service by name: `session.client(Class, config)` with the class of the user's own package.
 *
 * The function of `@bsm/services`, whose TSDoc says everything, without the types of the clients: name the type yourself.
 *
 * @throws BsmError as that function.
 *
 * @example
 * ```ts
 * import type { S3Client } from '@aws-sdk/client-s3';
 *
 * const s3 = serviceClient<S3Client>(session, 's3');
 * ```
 */
export function serviceClient<Client extends LightClient = LightClient>(
  session: SessionLike,
  name: ServiceName | keyof ServiceAliases,
  config?: object,
  lookup?: ServiceLookup,
): Client {
  const real = fromSessionLike(session);
  return clientOf<Client>(real, requireClientClass(real, sourceOf('serviceClient', name, lookup)), config);
}

/**
 * Gives the same client through `import()`, which also waits for `services: { s3: () => import('@aws-sdk/client-s3') }`.
 *
 * @throws BsmError as {@link serviceClient}, always by rejecting.
 *
 * @example
 * ```ts
 * const s3 = await loadServiceClient<S3Client>(session, 's3');
 * ```
 */
export async function loadServiceClient<Client extends LightClient = LightClient>(
  session: SessionLike,
  name: ServiceName | keyof ServiceAliases,
  config?: object,
  lookup?: ServiceLookup,
): Promise<Client> {
  const real = fromSessionLike(session);
  return clientOf<Client>(real, await importClientClass(real, sourceOf('loadServiceClient', name, lookup)), config);
}

function sourceOf(subject: string, name: string, lookup: ServiceLookup | undefined): ClassSource {
  const service = findService(subject, name);
  const from = checkLookup(subject, lookup);
  return { subject, service, from, load: lookup?.services?.[service.name] };
}

function clientOf<Client>(session: Session, Client: ClientClass, config: object | undefined): Client {
  return session.client(Client, config) as Client;
}
