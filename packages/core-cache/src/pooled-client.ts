import type { ClientClass } from './client-config.js';
import type { ConnectionPool } from './connection-pool.js';

/** What a client is given to use the pool, beneath its own configuration. */
export interface PoolDefaults {
  readonly requestHandler: () => Promise<HandlerOptions>;
}

interface HandlerOptions {
  readonly httpAgent: unknown;
  readonly httpsAgent: unknown;
  readonly connectionTimeout?: number;
}

/** The little that is looked at in a client. */
interface BuiltClient {
  readonly config?: {
    readonly requestHandler?: { readonly metadata?: { readonly handlerProtocol?: string } };
    readonly defaultsMode?: (() => Promise<string>) | string;
  };
}

/** How long the SDK waits for a connection by its "defaults mode": it says so only to a handler that gets no options. */
const CONNECTION_TIMEOUTS_MS: Readonly<Record<string, number>> = {
  standard: 3_100,
  'in-region': 1_100,
  'cross-region': 3_100,
  mobile: 30_000,
};

/** Makes clients that use a pool. */
export type PoolConnector = (Client: ClientClass, create: (defaults?: PoolDefaults) => unknown) => unknown;

/**
 * Makes clients over the pool, save those that must not: clients with a handler of their own, whose configuration wins; classes
 * whose handler speaks HTTP/2, or that take no options for one (the SDK before 2024, what is no client of the SDK). To find out, the
 * first client of such a class is made twice; making one opens no connection.
 */
export function createPoolConnector(pool: ConnectionPool): PoolConnector {
  const unfit = new WeakSet<ClientClass>();

  return (Client, create) => {
    const agents = unfit.has(Client) ? undefined : pool.agents();
    if (!agents) return create();
    let isAsked = false;
    let client: BuiltClient | undefined;
    const requestHandler = async (): Promise<HandlerOptions> => {
      isAsked = true;
      // Called by the constructor: the mode is known after it.
      await Promise.resolve();
      const connectionTimeout = CONNECTION_TIMEOUTS_MS[await defaultsModeOf(client)];
      return { ...agents, ...(connectionTimeout !== undefined && { connectionTimeout }) };
    };
    client = create({ requestHandler }) as BuiltClient | undefined;
    const handler: unknown = client?.config?.requestHandler;
    const isPooled = isAsked && client?.config?.requestHandler?.metadata?.handlerProtocol === 'http/1.1';
    if (isPooled || (!isAsked && handler !== requestHandler)) return client;
    unfit.add(Client);
    return create();
  };
}

async function defaultsModeOf(client: BuiltClient | undefined): Promise<string> {
  const mode = client?.config?.defaultsMode;
  try {
    return (typeof mode === 'function' ? await mode() : mode) ?? '';
  } catch {
    // A mode that does not exist: the client says so itself.
    return '';
  }
}
