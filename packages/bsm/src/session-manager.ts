/** @module bsm/session-manager */
import type {
  ServiceAliases,
  ServiceClientConfig,
  ServiceClientOf,
  ServiceClientProperties,
  ServiceName,
} from '@bsm/services';
// The package itself, so that this class and that of `bsm` are one, also in CommonJS.
import { SessionManager as LightSessionManager, type ManagedSessionOptions, type SessionManagerOptions } from 'bsm';

export type { ManagedSessionOptions, SessionManagerOptions };

/**
 * One object for one AWS identity and one region: the `SessionManager` of `bsm`, the very same class, with one exactly typed property
 * for each service whose client package is installed (`manager.s3Client`).
 *
 * A service whose package is not installed has the type `NotInstalled`, which names the command. These types make the compiler read
 * every client that is installed, so they are kept apart from `bsm`.
 *
 * @example
 * ```ts
 * const manager = new SessionManager({ profile: 'dev' });
 * const { Buckets } = await manager.s3Client.send(new ListBucketsCommand({}));
 * ```
 */
export interface SessionManager extends LightSessionManager, ServiceClientProperties {
  /** Gives the client of a service by name: `manager.s3Client` for `'s3'`, or one with a configuration of its own. */
  getClient<Name extends ServiceName | keyof ServiceAliases>(
    name: Name,
    config?: ServiceClientConfig<Name>,
  ): ServiceClientOf<Name>;
  /** The same through `import()`, for packages that are only ES modules and for bundles. */
  loadClient<Name extends ServiceName | keyof ServiceAliases>(
    name: Name,
    config?: ServiceClientConfig<Name>,
  ): Promise<ServiceClientOf<Name>>;
}

/** The class itself; see {@link SessionManager}. */
export type SessionManagerClass = Omit<typeof LightSessionManager, 'prototype'> & {
  new (options?: SessionManagerOptions | ManagedSessionOptions): SessionManager;
  readonly prototype: SessionManager;
};

export const SessionManager: SessionManagerClass = LightSessionManager as unknown as SessionManagerClass;
