import {
  type AwsCredentialIdentity,
  checkOptions,
  definedFields,
  fromSessionLike,
  isAbortSignal,
  isDuration,
  isText,
  type OptionChecks,
  type SessionLike,
} from '@bsm/core-cache';
import { expirationText } from './expiration-text.js';
import { settingsEnv } from './settings-env.js';

/** What is handed on, and how long to wait for it. */
export interface CredentialEnvOptions {
  /**
   * Hands on this profile as `AWS_PROFILE` instead of keys: the child finds and renews them by itself, from the same shared files.
   * The name is not looked up here, and nothing tells whether the session came from it. Default: keys.
   */
  readonly profile?: string | undefined;
  /**
   * How long the keys should last at least, in milliseconds, since a child cannot renew them: the session renews its own first when
   * they have less left. A source that gives shorter ones is not asked again for it. Nothing to do with `profile`. Default 0.
   */
  readonly minRemainingMs?: number | undefined;
  /** Ends the wait for credentials with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The checks of {@link CredentialEnvOptions}, for the functions that take them too. */
export const CREDENTIAL_ENV_CHECKS: OptionChecks<CredentialEnvOptions> = {
  profile: isText,
  minRemainingMs: /* @__PURE__ */ isDuration(),
  signal: isAbortSignal,
};

/**
 * Returns the variables that make another process act as the session: only those to set.
 *
 * Key, secret and token come from one set of credentials, together with `AWS_CREDENTIAL_EXPIRATION` (whole seconds, `Z`) and
 * `AWS_ACCOUNT_ID` where they are known; `AWS_REGION` and `AWS_DEFAULT_REGION` where a region can be resolved; `AWS_ENDPOINT_URL`
 * where the session has an endpoint of its own. An environment may hold what contradicts them: `childEnv` removes that. The keys are
 * fixed: what must outlive them takes `serveCredentials`.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, `ERR_BSM_SESSION_CLOSED`, and what resolving the credentials or the region throws; the
 *   reason of `signal` after an abort.
 *
 * @example
 * ```ts
 * const env = await credentialEnv(session); // { AWS_ACCESS_KEY_ID: ..., AWS_REGION: 'eu-west-1', ... }
 * ```
 */
export async function credentialEnv(
  source: SessionLike,
  options?: CredentialEnvOptions,
): Promise<Record<string, string>> {
  checkOptions<CredentialEnvOptions>('credentialEnv', options, CREDENTIAL_ENV_CHECKS);
  const session = fromSessionLike(source);
  const { profile, minRemainingMs, signal } = options ?? {};
  signal?.throwIfAborted();
  const identity =
    profile === undefined ? keyEnv(await session.credentials({ minRemainingMs, signal })) : { AWS_PROFILE: profile };
  return { ...identity, ...(await settingsEnv(session)) };
}

function keyEnv(credentials: AwsCredentialIdentity): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId, credentialScope } = credentials;
  return definedFields<Record<string, string>>({
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    // An empty one, as Python writes it, would be sent as a token.
    AWS_SESSION_TOKEN: sessionToken || undefined,
    AWS_CREDENTIAL_EXPIRATION: expiration && expirationText(expiration),
    AWS_ACCOUNT_ID: accountId,
    AWS_CREDENTIAL_SCOPE: credentialScope,
  });
}
