import { createSession, type Session } from '@bsm/core-cache';
import { type RunResult, run } from '@bsm/env-scope';

/** Runs Terraform as the session, for as long as it takes, and ends as Terraform ended. */
export async function apply(
  session: Session = createSession({ profile: 'deploy' }),
  terraform = 'terraform',
): Promise<RunResult> {
  const result = await run(session, terraform, ['apply', '-auto-approve']);
  if (result.signal) process.kill(process.pid, result.signal);
  process.exitCode = result.exitCode ?? 1;
  return result;
}
