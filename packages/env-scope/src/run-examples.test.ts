import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSession, type Session } from '@bsm/core-cache';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { expect, test } from 'vitest';
import { credentialsFor } from '../examples/print-credentials.js';
import { applyAsDeploy } from '../examples/run-terraform.js';

/** A user who may assume the role of the examples. */
async function withDeploy(fn: (session: Session, aws: FakeAws) => Promise<void>): Promise<void> {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: { principals: alice.arn } });
  const { endpoint, ...config } = aws.clientConfig(alice);
  using session = createSession({ ...config, clock: aws.clock, clientDefaults: { endpoint } });
  await fn(session, aws);
}

test('the README runs a command as a role and ends as it ended', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bsm-run-example-'));
  const terraform = join(directory, 'terraform');
  writeFileSync(terraform, '#!/bin/sh\n[ "$1 $2" = "apply -auto-approve" ] && [ -n "$AWS_PROFILE" ] && exit 3\n', {
    mode: 0o755,
  });
  const before = process.exitCode;
  try {
    await withDeploy(async (session, aws) => {
      expect(await applyAsDeploy(session, terraform)).toEqual({ exitCode: 3, signal: null });
      expect(process.exitCode).toBe(3);
      expect(aws.count('AssumeRole')).toBe(1);
    });
  } finally {
    process.exitCode = before;
    rmSync(directory, { recursive: true });
  }
});

test('the README prints credentials for a shell and for a profile', async () => {
  await withDeploy(async (session) => {
    expect(await credentialsFor('sh', session)).toMatch(/^export AWS_ACCESS_KEY_ID='ASIA\w+'\nexport AWS_SECRET_/);
    expect(JSON.parse(await credentialsFor(undefined, session))).toMatchObject({
      Version: 1,
      AccountId: '444455556666',
    });
  });
});
