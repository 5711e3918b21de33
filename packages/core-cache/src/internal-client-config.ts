import type { Session } from './session.js';
import { type SilentLogger, silentLogger } from './silent-logger.js';

/** Configuration of a client that a package makes for itself. */
export interface InternalClientConfig {
  readonly credentials: Session['credentials'];
  readonly region: () => Promise<string>;
  readonly logger: SilentLogger;
  readonly [option: string]: unknown;
}

/**
 * Gives the configuration for STS and IAM clients that a package makes for itself: the session's defaults, its endpoint included,
 * but never its logger, since the SDK logs session tokens.
 *
 * @example
 * ```ts
 * const sts = new STSClient(internalClientConfig(session));
 * ```
 */
export function internalClientConfig(session: Session): InternalClientConfig {
  return { ...session.clientDefaults, ...session.clientConfig, logger: silentLogger() };
}
