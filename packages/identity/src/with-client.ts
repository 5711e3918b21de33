import { type InternalClientConfig, internalClientConfig, type Session } from '@bsm/core-cache';

/**
 * Makes a client of this package's own for some work and ends it afterwards.
 *
 * Ending a client ends its request handler too. One that the user gave to all clients of the session must live on.
 */
export async function withClient<Client extends { destroy(): void }, Result>(
  session: Session,
  make: (config: InternalClientConfig) => Client,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const config = internalClientConfig(session);
  const { handle } = (config['requestHandler'] ?? {}) as { handle?: unknown };
  const client = make(config);
  try {
    return await work(client);
  } finally {
    if (typeof handle !== 'function') client.destroy();
  }
}
