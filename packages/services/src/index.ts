/** @module @bsm/services */
export type { ServiceEntry } from './decode-services.js';
export type {
  NotInstalled,
  ServiceClientConfig,
  ServiceClientOf,
  ServiceClientProperties,
  ServiceClients,
  TypedServiceLookup,
} from './service-clients.js';
export type { ServiceLookup, ServiceModules } from './service-lookup.js';
export type { ServiceAliases, ServiceName } from './service-name.js';
export { serviceName, serviceNames } from './service-names.js';
export { SERVICES } from './services.js';
export { loadServiceClient, serviceClient } from './typed-service-client.js';
