/** @module @bsm/services/names */
export type { ServiceEntry } from './decode-services.js';
export { type LightClient, loadServiceClient, serviceClient } from './service-client.js';
export type { ServiceLookup, ServiceModules } from './service-lookup.js';
export type { ServiceAliases, ServiceName } from './service-name.js';
export { serviceName, serviceNames } from './service-names.js';
export { SERVICES } from './services.js';
