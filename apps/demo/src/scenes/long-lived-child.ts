import { startFakeAws } from '@bsm/testing';
import { assumeRole, createSession, isBsmError, maskArn, run } from 'bsm';
import { childProgram } from '../child-program.js';
import type { Output } from '../output.js';

const LIFETIME_MS = 2_000;
const CHILD_MS = 9_000;

/** A child process that works while its credentials end again and again: it gets new ones from an endpoint of this process. */
export async function showLongLivedChild(out: Output): Promise<void> {
  out.heading(
    `A child process that works for ${CHILD_MS / 1_000} real seconds, credentials live for ${LIFETIME_MS / 1_000}`,
  );
  await using aws = await startFakeAws({ realTime: true, credentialLifetimeMs: LIFETIME_MS });
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const worker = aws.addRole({ accountId: '111122223333', roleName: 'worker', trust: alice.arn });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  using session = createSession({ credentials, region, clientDefaults: { endpoint } });
  using role = assumeRole(session, { roleArn: worker.arn, roleSessionName: 'demo' });

  const program = [childProgram('long-lived.mjs'), String(CHILD_MS)];
  const { stdout } = await run(role, process.execPath, program, { stdio: 'pipe' });
  const told = JSON.parse(stdout) as { requests: number; failures: number; sets: number; who: string };
  out.line(`The child was ${maskArn(told.who)}`);
  out.fact('Requests of the child', told.requests);
  out.fact('Requests that failed', told.failures);
  out.fact('Sets of credentials that it saw', told.sets);
  await showAwsCli(role, out);
}

async function showAwsCli(role: ReturnType<typeof assumeRole>, out: Output): Promise<void> {
  try {
    const query = ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'];
    const { stdout } = await run(role, 'aws', query, { stdio: 'pipe' });
    out.line(`The AWS CLI was   ${maskArn(stdout.trim())}`);
  } catch (error) {
    if (!isBsmError(error, 'ERR_BSM_COMMAND_NOT_FOUND')) throw error;
    out.line('The AWS CLI is not installed here; it would be the same role.');
  }
}
