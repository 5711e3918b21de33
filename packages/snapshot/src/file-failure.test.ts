import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { splitPath } from './file-path.js';
import { caught } from './fixtures/caught.js';
import { EXAMPLE_SECRET, exampleSession, TEMPORARY } from './fixtures/example-session.js';
import { failingFiles } from './fixtures/failing-files.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { writeSnapshotFile } from './index.js';
import { readPrivateFile } from './read-private-file.js';
import { replaceFile } from './write-snapshot-file.js';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('row 39: a call of the file system that fails', () => {
  const CALLS = [
    'lstat',
    'open',
    'handle.chmod',
    'handle.stat',
    'handle.writeFile',
    'handle.sync',
    'handle.close',
    'rename',
  ] as const;
  const rows = CALLS.flatMap((call) =>
    ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EIO', 'EMFILE', 'EWHATEVER'].map((errno) => [call, errno] as const),
  );

  it.each(rows)('%s with %s: the old file stays, and nothing else', async (failing, errno) => {
    const path = await folder.write('a.json', 'old');
    let failed = false;
    const files = await failingFiles((call) => {
      if (call !== failing || failed) return undefined;
      failed = true;
      return errno;
    });
    const error = await caught(async () => replaceFile(files, await splitPath(path), 'new'));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno } });
    expect(error.retryable).toBe(['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE'].includes(errno));
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await folder.list()).toEqual(['a.json']);
  });

  it('leaves a directory that cannot be seen onto the disk alone, and one that cannot be swept', async () => {
    const files = await failingFiles((call, path) =>
      (call === 'open' && path === folder.path) || call === 'readdir' ? 'EPERM' : undefined,
    );
    await replaceFile(files, await splitPath(folder.file('a.json')), 'new');
    expect(await folder.list()).toEqual(['a.json']);
  });

  it('keeps the secret from a file system that keeps no permissions', async () => {
    let written = false;
    const files = await failingFiles((call, path) => {
      if (call === 'handle.stat') execFileSync('chmod', ['666', path]);
      if (call === 'handle.writeFile') written = true;
      return undefined;
    });
    const error = await caught(async () => replaceFile(files, await splitPath(folder.file('a.json')), 'new'));
    expect(error.message).toContain('keeps no permissions');
    expect(written).toBe(false);
    expect(await folder.list()).toEqual([]);
  });

  it.each([
    ['lstat', 'EACCES'],
    ['open', 'EACCES'],
    ['open', 'EIO'],
    ['handle.read', 'EIO'],
    ['handle.stat', 'EIO'],
    ['handle.close', 'EIO'],
  ] as const)('%s with %s when it is read: an error', async (failing, errno) => {
    const path = await folder.write('a.json', 'old');
    const files = await failingFiles((call, of) => (call === failing && of === path ? errno : undefined));
    const error = await caught(async () => readPrivateFile(files, await splitPath(path)));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_READ_FAILED', details: { path, errno } });
    expect(error.message).not.toContain('injected');
  });

  it('is an error of reading when the directory cannot be looked at', async () => {
    const path = await folder.write('a.json', 'old');
    const files = await failingFiles((call, of) => (call === 'lstat' && of === folder.path ? 'EACCES' : undefined));
    const error = await caught(async () => readPrivateFile(files, await splitPath(path)));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_READ_FAILED', details: { errno: 'EACCES' } });
  });

  it('does not follow a link that takes the place of the file after it was looked at', async () => {
    const path = await folder.write('a.json', 'old');
    await folder.write('target', 'mine');
    const files = await failingFiles((call, of) => {
      if (call === 'open' && of === path) execFileSync('ln', ['-sf', folder.file('target'), path]);
      return undefined;
    });
    const error = await caught(async () => readPrivateFile(files, await splitPath(path)));
    expect(error.code).toBe('ERR_BSM_SNAPSHOT_INSECURE');
  });

  it('leaves the credentials usable', async () => {
    const session = exampleSession();
    await caught(() => writeSnapshotFile(session, folder.file('none/a.json')));
    expect(await session.credentials()).toEqual(TEMPORARY);
  });

  it('shows no secret', async () => {
    const error = await caught(() => writeSnapshotFile(exampleSession(), folder.file('none/a.json')));
    expect(JSON.stringify([error, error.stack, String(error.cause)])).not.toContain(EXAMPLE_SECRET);
  });
});
