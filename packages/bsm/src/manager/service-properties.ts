import { type ServiceName, serviceNames } from '@bsm/services/names';

/** What has a client for every service by name. */
interface ClientsByName {
  getClient(name: ServiceName): unknown;
}

/**
 * Gives a prototype one property for each service, `s3Client` for `s3`, that asks `getClient` when it is read.
 *
 * Done once, when the first manager is made and not when the module is loaded, so that a bundle without a manager has none of it.
 */
export function defineServiceProperties(prototype: ClientsByName): void {
  if (Object.hasOwn(prototype, 's3Client')) return;
  for (const name of serviceNames()) {
    Object.defineProperty(prototype, `${name}Client`, {
      configurable: true,
      get(this: ClientsByName) {
        return this.getClient(name);
      },
    });
  }
}
