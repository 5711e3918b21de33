import { checkOptions, type SessionLike } from '@bsm/core-cache';
import { CREDENTIAL_ENV_CHECKS, type CredentialEnvOptions, credentialEnv } from './credential-env.js';
import { withoutConflicts } from './without-conflicts.js';

/** Options of {@link childEnv}. */
export interface ChildEnvOptions extends CredentialEnvOptions {}

/**
 * Returns an environment for a child process that acts as the session: `base` without every variable that could contradict it
 * ({@link CONFLICTING_VARIABLES}), plus those of `credentialEnv`.
 *
 * A new plain object for `spawn`; neither `base` nor `process.env` is changed, so that any number of children of any sessions can be
 * started side by side. `base` is read once, when called; variables that are undefined are left out. A region that cannot be
 * resolved leaves both region variables out.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, and what `credentialEnv` throws.
 *
 * @example
 * ```ts
 * spawn('terraform', ['plan'], { stdio: 'inherit', env: await childEnv(session) });
 * ```
 */
export async function childEnv(
  session: SessionLike,
  base: NodeJS.ProcessEnv = process.env,
  options?: ChildEnvOptions,
): Promise<NodeJS.ProcessEnv> {
  checkOptions<ChildEnvOptions>('childEnv', options, CREDENTIAL_ENV_CHECKS);
  const rest = withoutConflicts('childEnv', base);
  return { ...rest, ...(await credentialEnv(session, options)) };
}
