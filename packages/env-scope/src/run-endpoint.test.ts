import { fileURLToPath } from 'node:url';
import { startFakeAws } from '@bsm/testing';
import { expect, it } from 'vitest';
import { roleSession } from './fixtures/role-session.js';
import { run } from './run.js';

/**
 * A client of the SDK that asks who it is until it has used six sets of credentials, each for as long as it was given them. It knows
 * nothing but its environment.
 */
const LONG_WORK = `
  import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
  const sts = new STSClient({ maxAttempts: 1 });
  const keys = new Set();
  const arns = new Set();
  const failures = [];
  let calls = 0;
  // Whoever started it may be killed, and then there are no more keys.
  const parent = process.ppid;
  while (keys.size < 6 && process.ppid === parent) {
    try {
      arns.add((await sts.send(new GetCallerIdentityCommand({}))).Arn);
      calls += 1;
      keys.add((await sts.config.credentials()).accessKeyId);
    } catch (error) {
      failures.push(error.name + ': ' + error.message);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  console.log(JSON.stringify({ arns: [...arns], failures, calls }));
`;

it('a command lives through five expiries of its credentials, without one failure', { timeout: 60_000 }, async () => {
  await using aws = await startFakeAws({ realTime: true, credentialLifetimeMs: 3_000 });
  using session = roleSession(aws);
  const { stdout, exitCode } = await run(session, process.execPath, ['--input-type=module', '-e', LONG_WORK], {
    // Where the SDK is found.
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'pipe',
  });
  const { arns, failures, calls } = JSON.parse(stdout) as { arns: string[]; failures: string[]; calls: number };
  expect({ exitCode, arns, failures }).toEqual({
    exitCode: 0,
    arns: ['arn:aws:sts::444455556666:assumed-role/deploy/ci'],
    failures: [],
  });
  expect(calls).toBeGreaterThan(20);
  expect(aws.count('AssumeRole')).toBeLessThan(30);
});
