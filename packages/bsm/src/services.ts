/** @module bsm/services */
export {
  loadServiceClient,
  type NotInstalled,
  SERVICES,
  type ServiceAliases,
  type ServiceClientConfig,
  type ServiceClientOf,
  type ServiceClientProperties,
  type ServiceClients,
  type ServiceEntry,
  type ServiceLookup,
  type ServiceModules,
  type ServiceName,
  serviceClient,
  serviceName,
  serviceNames,
  type TypedServiceLookup,
} from '@bsm/services';
