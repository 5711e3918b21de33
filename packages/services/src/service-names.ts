import { lookUpService } from './find-service.js';
import type { ServiceAliases, ServiceName } from './service-name.js';
import { serviceIndex } from './services.js';

/**
 * Lists the names of all services, sorted by their packages.
 *
 * @example
 * ```ts
 * serviceNames().length; // 423
 * ```
 */
export function serviceNames(): ServiceName[] {
  return [...serviceIndex().entries.keys()];
}

/**
 * Gives the name of a service for any spelling that `serviceClient` takes; undefined for anything else.
 *
 * For names that come from a configuration or a command line: what it returns is a {@link ServiceName}.
 *
 * @example
 * ```ts
 * serviceName('logs'); // 'cloudwatchLogs'
 * serviceName('no-such-service'); // undefined
 * ```
 */
export function serviceName<Name extends ServiceName>(spelling: Name): Name;
export function serviceName<Alias extends keyof ServiceAliases>(spelling: Alias): ServiceAliases[Alias];
export function serviceName(spelling: string): ServiceName | undefined;
export function serviceName(spelling: string): ServiceName | undefined {
  return lookUpService(spelling)?.name;
}
