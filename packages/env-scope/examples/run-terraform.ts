import { assumeRole, createSession, type Session } from '@bsm/assume-role';
import { type RunResult, run } from '@bsm/env-scope';

/** Runs Terraform as a role, for as long as it takes, and ends as Terraform ended. */
export async function applyAsDeploy(source: Session = createSession(), terraform = 'terraform'): Promise<RunResult> {
  const deploy = assumeRole(source, { roleArn: 'arn:aws:iam::444455556666:role/deploy' });
  const result = await run(deploy, terraform, ['apply', '-auto-approve']);
  if (result.signal) process.kill(process.pid, result.signal);
  process.exitCode = result.exitCode ?? 1;
  return result;
}
