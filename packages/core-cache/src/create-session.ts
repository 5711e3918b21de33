import { createSessionFactory } from './create-session-factory.js';
import { defaultCredentials } from './default-credentials.js';
import type { Session, SessionOptions } from './session.js';

/**
 * Makes a session: one AWS identity and one region, with credentials that stay fresh and clients that share them.
 *
 * Does no I/O: profile, region and credentials are looked up when they are first used. Without options it finds both as the SDK
 * does, but never takes a region by default. All clients of a session share one set of credentials and one refresh.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for an unknown or ill-typed option. Later, when used: `ERR_BSM_PROFILE_NOT_FOUND`,
 * `ERR_BSM_CONFIG_INVALID`, `ERR_BSM_CREDENTIALS_NOT_FOUND`, `ERR_BSM_REGION_UNRESOLVED`, `ERR_BSM_MFA_REQUIRED`,
 * `ERR_BSM_TOKEN_FILE_INVALID`, and what AWS answers: `ERR_BSM_ACCESS_DENIED`, `ERR_BSM_CREDENTIALS_REJECTED`, ...
 *
 * @example
 * ```ts
 * const session = createSession({ profile: 'dev' });
 * const { Buckets } = await session.client(S3Client).send(new ListBucketsCommand({}));
 * ```
 */
export const createSession: (options?: SessionOptions) => Session = /* @__PURE__ */ createSessionFactory({
  defaultCredentials,
});
