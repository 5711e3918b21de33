import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSession } from '@bsm/core-cache';
import { serveCredentials } from '@bsm/env-scope';

await using server = await serveCredentials(createSession({ profile: 'deploy' }));
const audit = server.add(createSession({ profile: 'audit' }), { name: 'audit' }); // a path and a token of its own
await audit.ready;

// Each renews its credentials from here for as long as it runs. In place of Node: terraform, aws, python.
for (const { childEnv } of [server, audit]) {
  const child = spawn(process.execPath, ['-p', 'process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI'], {
    env: childEnv(),
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (text) => process.stdout.write(text)); // http://127.0.0.1:39715/1/session
  await once(child, 'close');
}
