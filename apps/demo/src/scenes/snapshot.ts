import { assumeRole, fromSnapshotFile, getPrincipalArn, maskArn, run, withSnapshotFile } from 'bsm';
import { childProgram } from '../child-program.js';
import { countCalls } from '../count-calls.js';
import type { Output } from '../output.js';
import { aliceSession, type World } from '../world.js';

/** An identity handed to another process in a file that only its owner can read, and that is gone afterwards. */
export async function showSnapshot(world: World, out: Output): Promise<void> {
  using alice = aliceSession(world);
  out.heading('Handed over in a file');
  const role = assumeRole(alice, { roleArn: world.hops[0].arn, roleSessionName: 'demo' });
  const calls = countCalls(world.aws);
  await withSnapshotFile(role, async (path, { env }) => {
    using restored = await fromSnapshotFile(path);
    out.line(`Restored here as ${maskArn((await getPrincipalArn(role)) ?? '')}, ends ${endOf(restored)}`);
    // Its own keys are what it goes by; the environment of the run belongs to alice.
    const program = [childProgram('read-snapshot.mjs'), world.aws.endpoint];
    const child = await run(alice, process.execPath, program, { stdio: 'pipe', env: { ...process.env, ...env } });
    out.line(`The child was    ${maskArn(child.stdout)}`);
  });
  out.fact('AssumeRole calls', calls('AssumeRole'));
}

function endOf(session: ReturnType<typeof assumeRole>): string {
  return session.credentials.expiration ? 'in one hour' : 'never';
}
