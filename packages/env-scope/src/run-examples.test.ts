import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeAws } from '@bsm/testing';
import { expect, test } from 'vitest';
import { credentialsFor } from '../examples/print-credentials.js';
import { apply } from '../examples/run-terraform.js';
import { roleSession } from './fixtures/role-session.js';

test('the README runs a command as the session and ends as it ended', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bsm-run-example-'));
  const terraform = join(directory, 'terraform');
  writeFileSync(terraform, '#!/bin/sh\n[ "$1 $2" = "apply -auto-approve" ] && [ -n "$AWS_PROFILE" ] && exit 3\n', {
    mode: 0o755,
  });
  const before = process.exitCode;
  try {
    await using aws = await startFakeAws();
    using session = roleSession(aws);
    expect(await apply(session, terraform)).toEqual({ exitCode: 3, signal: null });
    expect(process.exitCode).toBe(3);
    expect(aws.count('AssumeRole')).toBe(1);
  } finally {
    process.exitCode = before;
    rmSync(directory, { recursive: true });
  }
});

test('the README prints credentials for a shell and for a profile', async () => {
  await using aws = await startFakeAws();
  using session = roleSession(aws);
  expect(await credentialsFor('sh', session)).toMatch(/^export AWS_ACCESS_KEY_ID='ASIA\w+'\nexport AWS_SECRET_/);
  const printed = await credentialsFor(undefined, session);
  expect(JSON.parse(printed)).toMatchObject({ Version: 1, SessionToken: expect.any(String) });
});
