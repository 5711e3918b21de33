/** @module @bsm/core-cache */
export { fromAwsError } from './aws-error.js';
export { type Cache, type CacheOptions, type CacheStats, type CacheView, createCache, isCacheSize } from './cache.js';
export {
  assertOption,
  checkOptions,
  isAbortSignal,
  isBoolean,
  isDuration,
  isFunction,
  isInteger,
  isObject,
  isOneOf,
  isOptions,
  isText,
  type OptionCheck,
  type OptionChecks,
  optionInvalid,
} from './check-options.js';
export type { ClientClass, ClientConfig, ClientDefaults } from './client-config.js';
export type { Clock, Moment, Timekeeper } from './clock.js';
export { createSession } from './create-session.js';
export { createSessionFactory, type SessionFactoryDependencies } from './create-session-factory.js';
export {
  type AwsCredentialIdentity,
  type AwsCredentialIdentityProvider,
  principalKey,
  type SessionPrincipal,
  type SourceRequest,
} from './credentials.js';
export type { DefaultCredentialsOptions } from './default-credentials.js';
export { getDefaultSession, runWithSession, setDefaultSession } from './default-session.js';
export { definedFields, type Undefinable } from './defined-fields.js';
export { type BsmErrorCode, ERROR_CODES, type ErrorCodeEntry } from './error-codes.js';
export { BsmError, type BsmErrorOptions, isBsmError } from './errors.js';
export type { RefreshReason, SessionEvent, SessionListener } from './events.js';
export { fromSessionLike } from './from-session-like.js';
export { type InternalClientConfig, internalClientConfig } from './internal-client-config.js';
export { parseExpiration } from './parse-credentials.js';
export type { PoolOptions } from './pool-options.js';
export type { CredentialRequest } from './refresh-engine.js';
export { checkRefreshOptions, type RefreshOptions } from './refresh-options.js';
export { isRegion, isRegionName } from './region.js';
export type { ScrubbedError } from './scrub-error.js';
export type { CacheLimits, DeriveOptions, MfaTokenProvider, Session, SessionLike, SessionOptions } from './session.js';
export { createSessionCache, type SessionCache } from './session-cache.js';
export type { SessionCacheOptions } from './session-cache-options.js';
export { sessionTime } from './session-time.js';
export {
  createSharedCredentials,
  type SharedCredentials,
  type SharedCredentialsOptions,
} from './shared-credentials.js';
export type { SilentLogger } from './silent-logger.js';
export { stableKey } from './stable-key.js';
export { type MfaDevice, takeUnusedCode } from './take-unused-code.js';
export { isCredentialRejection } from './terminal-error.js';
