import type { ClientClass, ClientConfig } from '@bsm/core-cache';
import type { ServiceLookup } from './service-lookup.js';
import type { ServiceAliases, ServiceName } from './service-name.js';
import type { ServiceRegistry } from './service-registry.cjs';

/**
 * The client of each service: its class when the package is installed, else {@link NotInstalled}.
 *
 * @example
 * ```ts
 * const upload = (s3: ServiceClients['s3']): Promise<unknown> => s3.send(new PutObjectCommand(input));
 * ```
 */
export type ServiceClients = { readonly [Name in ServiceName]: ClientIn<ServiceRegistry[Name]> };

/** The clients under the names of properties: `s3Client`, `cloudwatchLogsClient`. */
export type ServiceClientProperties = {
  readonly [Name in ServiceName as `${Name}Client`]: ClientIn<ServiceRegistry[Name]>;
};

/** The client of one service, by its name or another spelling of it. */
export type ServiceClientOf<Name extends ServiceName | keyof ServiceAliases> = ClientIn<
  ServiceRegistry[ServiceNameOf<Name>]
>;

/** What the client of one service takes, each part optional: the session adds `credentials` and `region`. */
export type ServiceClientConfig<Name extends ServiceName | keyof ServiceAliases> = ConfigIn<
  ServiceRegistry[ServiceNameOf<Name>]
>;

/**
 * Stands where the class of a client would, when its package is not installed: nothing can be done with it, and the compiler's error
 * has the command. `Property 'send' does not exist on type 'NotInstalled<"npm install @aws-sdk/client-ec2">'.`
 */
export interface NotInstalled<Command extends string> {
  readonly clientIsNotInstalled: Command;
}

/** A {@link ServiceLookup} whose modules are those of their services. */
export interface TypedServiceLookup extends ServiceLookup {
  readonly services?:
    | {
        readonly [Name in ServiceName]?:
          | (() => ModuleOf<ServiceRegistry[Name]> | Promise<ModuleOf<ServiceRegistry[Name]>>)
          | undefined;
      }
    | undefined;
}

/** The name of a service, of whichever spelling. */
type ServiceNameOf<Name> = Name extends keyof ServiceAliases
  ? ServiceAliases[Name]
  : Name extends ServiceName
    ? Name
    : never;

/** What the type of a class is compared with: only one that cannot be resolved is assignable to it. */
type Missing = ['the package is not installed'];

type ClientIn<Peer> = Peer extends [infer Package extends string, string, infer Class]
  ? [Class] extends Missing
    ? NotInstalled<`npm install ${Package}`>
    : Class extends ClientClass
      ? InstanceType<Class>
      : never
  : never;

type ConfigIn<Peer> = Peer extends [string, string, infer Class]
  ? [Class] extends Missing
    ? object
    : Class extends ClientClass
      ? ClientConfig<Class>
      : never
  : never;

type ModuleOf<Peer> = Peer extends [string, infer ClassName extends string, infer Class]
  ? [Class] extends Missing
    ? object
    : { readonly [Name in ClassName]: Class }
  : never;
