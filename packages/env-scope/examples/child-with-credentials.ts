import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSession } from '@bsm/core-cache';
import { childEnv } from '@bsm/env-scope';

const session = createSession({ profile: 'deploy' });

// Whatever the environment of this process says: the child acts as the session, in its region.
const env = await childEnv(session, process.env, { minRemainingMs: 30 * 60_000 });
const child = spawn(process.execPath, ['-p', 'process.env.AWS_REGION'], { env, stdio: ['inherit', 'pipe', 'inherit'] });
child.stdout.on('data', (text) => process.stdout.write(text)); // eu-west-1
await once(child, 'close');
