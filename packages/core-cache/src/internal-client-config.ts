import type { Session } from './session.js';
import { sessionRoot } from './session-root.js';
import { type SilentLogger, silentLogger } from './silent-logger.js';

/** Configuration of a client that a package makes for itself. */
export interface InternalClientConfig {
  readonly credentials: Session['credentials'];
  readonly region: () => Promise<string>;
  readonly logger: SilentLogger;
  readonly [option: string]: unknown;
}

/**
 * Gives the configuration for STS and IAM clients that a package makes for itself: the session's defaults and connections, its
 * endpoint included, but never its logger, since the SDK logs session tokens.
 *
 * @example
 * ```ts
 * const sts = new STSClient(internalClientConfig(session));
 * ```
 */
export function internalClientConfig(session: Session): InternalClientConfig {
  const { clientDefaults, clientConfig } = session;
  const pooled = sessionRoot(session)?.stores.internalDefaults?.();
  return { ...pooled, ...clientDefaults, ...clientConfig, logger: silentLogger() };
}
