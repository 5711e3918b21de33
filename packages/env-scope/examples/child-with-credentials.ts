import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { assumeRole, createSession } from '@bsm/assume-role';
import { childEnv } from '@bsm/env-scope';

const session = assumeRole(createSession({ profile: 'dev' }), {
  roleArn: 'arn:aws:iam::444455556666:role/deploy',
});

// Whatever the environment of this process says: the child acts as the role, in the region of the session.
const env = await childEnv(session, process.env, { minRemainingMs: 30 * 60_000 });
const child = spawn(process.execPath, ['-p', 'process.env.AWS_REGION'], { env, stdio: ['inherit', 'pipe', 'inherit'] });
child.stdout.on('data', (text) => process.stdout.write(text)); // eu-west-1
await once(child, 'close');
