import { createSession, type Session } from '@bsm/core-cache';
import { credentialEnv, credentialProcess, type EnvShell, formatEnv } from '@bsm/env-scope';

/** What a command prints for `eval "$(my-tool sh)"`, or as `credential_process = my-tool`. */
export async function credentialsFor(
  shell?: EnvShell,
  session: Session = createSession({ profile: 'deploy' }),
): Promise<string> {
  return shell === undefined ? credentialProcess(session) : formatEnv(await credentialEnv(session), shell);
}
