import { assumeRole, createSession, type Session } from '@bsm/assume-role';
import { credentialEnv, credentialProcess, type EnvShell, formatEnv } from '@bsm/env-scope';

/** What a command prints for `eval "$(my-tool sh)"`, or as `credential_process = my-tool`. */
export async function credentialsFor(shell?: EnvShell, source: Session = createSession()): Promise<string> {
  const deploy = assumeRole(source, { roleArn: 'arn:aws:iam::444455556666:role/deploy' });
  return shell === undefined ? credentialProcess(deploy) : formatEnv(await credentialEnv(deploy), shell);
}
