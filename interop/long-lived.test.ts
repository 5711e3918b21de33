import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { run } from '@bsm/env-scope';
import { startFakeAws } from '@bsm/testing';
import { assumeRole, createSession } from 'bsm';
import { expect, inject, it } from 'vitest';
import { HERE, LONG_BOTO3, LONG_CLI, LONG_SDK } from './programs.ts';

/** What a program says of its life. */
interface Life {
  readonly arns: readonly string[];
  readonly failures: readonly string[];
  readonly calls: number;
  readonly endpoint: string;
}

/** Counts the requests that servers of this process get, by the port that they listen on. */
function requestsByPort(): { count(port: number): number } & Disposable {
  const counts = new Map<number, number>();
  const seen = (message: unknown): void => {
    const port = (message as { request: IncomingMessage }).request.socket.localPort ?? 0;
    counts.set(port, (counts.get(port) ?? 0) + 1);
  };
  subscribe('http.server.request.start', seen);
  return {
    count: (port) => counts.get(port) ?? 0,
    [Symbol.dispose]: () => void unsubscribe('http.server.request.start', seen),
  };
}

const FIVE_EXPIRIES = 'boto3, the AWS CLI and the SDK live through five expiries on the endpoint without a failure';

// The AWS of the tests is strict where moto is not: it refuses what has expired.
it(FIVE_EXPIRIES, { timeout: 120_000 }, async () => {
  await using aws = await startFakeAws({ realTime: true, credentialLifetimeMs: 4_000 });
  const alice = aws.addUser({ accountId: '123456789012', userName: 'alice' });
  aws.addRole({ accountId: '111122223333', roleName: 'deploy', trust: { principals: alice.arn } });
  const { endpoint, ...config } = aws.clientConfig(alice);
  using root = createSession({ ...config, clientDefaults: { endpoint } });
  using requests = requestsByPort();
  const { python } = inject('programs');

  const live = async (command: string, args: readonly string[]): Promise<Life> => {
    const roleArn = 'arn:aws:iam::111122223333:role/deploy';
    using session = assumeRole(root, { roleArn, roleSessionName: 'interop' });
    const { stdout, stderr, exitCode } = await run(session, command, args, { cwd: HERE, stdio: 'pipe' });
    if (exitCode !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Life;
  };
  const lives = await Promise.all([
    live(python, ['-c', LONG_BOTO3]),
    live(python, ['-c', LONG_CLI]),
    live(process.execPath, ['--input-type=module', '-e', LONG_SDK]),
  ]);

  const asked = lives.map((life) => requests.count(Number(new URL(life.endpoint).port)));
  for (const [index, { arns, failures, calls }] of lives.entries()) {
    expect(failures).toEqual([]);
    expect(arns).toEqual(['arn:aws:sts::111122223333:assumed-role/deploy/interop']);
    // All three ask at nearly each use while little is left (boto3 and the CLI 15 minutes, the SDK 5).
    expect(calls).toBeGreaterThan(10);
    expect(asked[index]).toBeGreaterThan(calls / 2);
  }
  // However often they ask, each session asks STS once per lifetime: six of them, and one that was begun.
  expect(aws.count('AssumeRole')).toBeLessThan(asked.reduce((sum, count) => sum + count, 0) / 3);
});
