import { type InternalClientConfig, internalClientConfig, type Session } from '@bsm/core-cache';

/**
 * Makes a client of this package's own for some work and ends it afterwards.
 *
 * Ending a client ends its request handler too. A handler or agents that the user gave to all clients of the session must live on;
 * the connections of the session do by themselves.
 */
export async function withClient<Client extends { destroy(): void }, Result>(
  session: Session,
  make: (config: InternalClientConfig) => Client,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const config = internalClientConfig(session);
  const isShared = isOfTheUser(session.clientDefaults.requestHandler);
  const client = make(config);
  try {
    return await work(client);
  } finally {
    if (!isShared) client.destroy();
  }
}

function isOfTheUser(requestHandler: unknown): boolean {
  const { handle, httpAgent, httpsAgent } = Object(requestHandler) as {
    handle?: unknown;
    httpAgent?: Partial<Destroyable>;
    httpsAgent?: Partial<Destroyable>;
  };
  return [handle, httpAgent?.destroy, httpsAgent?.destroy].some((method) => typeof method === 'function');
}

interface Destroyable {
  destroy(): void;
}
