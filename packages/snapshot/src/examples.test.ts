import { chmod } from 'node:fs/promises';
import { createSession } from '@bsm/core-cache';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listBucketsInChild } from '../examples/list-buckets-in-child.js';
import { runPythonReport } from '../examples/run-python-report.js';
import { signInOnce } from '../examples/sign-in-once.js';
import { exampleSession, TEMPORARY } from './fixtures/example-session.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, type Snapshot, toSnapshot, withSnapshotFile } from './index.js';

let aws: FakeAws;
let folder: TemporaryFolder;

beforeEach(async () => {
  [aws, folder] = await Promise.all([startFakeAws(), createTemporaryFolder()]);
});

afterEach(async () => {
  await aws.close();
  await folder[Symbol.asyncDispose]();
});

/** A session of a role in an account with a bucket. */
function roleSession(): ReturnType<typeof createSession> {
  aws.addAccount({ accountId: '444455556666', buckets: ['invoices'] });
  aws.addRole({ accountId: '444455556666', roleName: 'report', trust: '444455556666' });
  const { credentials, region, endpoint } = aws.clientConfig('arn:aws:sts::444455556666:assumed-role/report/ci');
  return createSession({ credentials, region, clientDefaults: { endpoint } });
}

describe('the README', () => {
  it('shows a child of another language', async () => {
    // What stands for Python prints the file that it is given.
    const python = await folder.write('python3', '#!/bin/sh\ncat "$BSM_SNAPSHOT_FILE"; echo " $1 $BSM_SNAPSHOT_KEY"\n');
    await chmod(python, 0o700);
    vi.stubEnv('TMPDIR', await folder.makeDirectory('temporary'));
    const [text = '', rest] = (await runPythonReport(roleSession(), python)).split('} ');
    const snapshot = JSON.parse(`${text}}`) as Snapshot;
    expect(Object.keys(snapshot)).toEqual([
      'region_name',
      'aws_access_key_id',
      'aws_secret_access_key',
      'aws_session_token',
    ]);
    expect(rest).toBe('report.py \n');
    expect(await folder.list()).toEqual(['python3', 'temporary']);
  });

  it.each([[false], [true]])('shows a child of JavaScript (encrypted: %s)', async (encrypt) => {
    const buckets = await withSnapshotFile(
      roleSession(),
      (_path, { env }) => {
        for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
        return listBucketsInChild(aws.endpoint);
      },
      { encrypt },
    );
    expect(buckets).toEqual(['invoices']);
  });

  it('shows one sign-in for many commands', async () => {
    const path = folder.file('snapshot.json');
    const signIn = vi.fn(() => exampleSession());
    for (let command = 0; command < 3; command++) {
      expect(await (await signInOnce(signIn, path)).credentials()).toEqual(TEMPORARY);
    }
    expect(signIn).toHaveBeenCalledOnce();
    const ending = { ...(await toSnapshot(exampleSession())), expiration_time: '2020-01-01T00:00:00+00:00' };
    await folder.write('snapshot.json', JSON.stringify(ending));
    await signInOnce(signIn, path);
    expect(signIn).toHaveBeenCalledTimes(2);
    expect((await fromSnapshotFile(path)).isExpired()).toBe(false);
  });
});
