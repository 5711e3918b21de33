import { existsSync } from 'node:fs';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { caught } from './fixtures/caught.js';
import { exampleSession, numberedSession } from './fixtures/example-session.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, withSnapshotFile, writeSnapshotFile } from './index.js';
import { removeLeavings } from './leavings.js';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
});

afterEach(() => folder[Symbol.asyncDispose]());

describe.each([['a path that is given'], ['a path of its own']])('what is removed from %s', (kind) => {
  const options = (): { path?: string } => (kind === 'a path of its own' ? {} : { path: folder.file('a.json') });

  it('is nothing when the callback removed it', async () => {
    await withSnapshotFile(exampleSession(), (path) => rm(path), options());
    expect(await folder.list()).toEqual([]);
  });

  it('is not a file that took its place', async () => {
    let last = '';
    await withSnapshotFile(
      exampleSession(),
      async (path) => {
        last = path;
        await rename(await folder.write('mine', 'mine'), path);
      },
      options(),
    );
    expect(await readFile(last, 'utf8')).toBe('mine');
  });

  it('is not a file that was made after it was removed', async () => {
    let last = '';
    await withSnapshotFile(
      exampleSession(),
      async (path) => {
        last = path;
        // The system gives the number of a removed file to the next one, unless something holds it.
        await rm(path);
        await writeFile(path, 'mine');
      },
      options(),
    );
    expect(await readFile(last, 'utf8')).toBe('mine');
  });

  it('is not a snapshot that somebody wrote there', async () => {
    let last = '';
    await withSnapshotFile(
      exampleSession(),
      async (path) => {
        last = path;
        await writeSnapshotFile(numberedSession(7), path);
      },
      options(),
    );
    expect((await (await fromSnapshotFile(last)).credentials()).secretAccessKey).toBe('secret-7');
  });

  it('is the file that was written, also when its content was changed in place', async () => {
    let last = '';
    await withSnapshotFile(
      exampleSession(),
      async (path) => {
        last = path;
        await writeFile(path, 'changed');
        await chmod(path, 0o644);
      },
      options(),
    );
    expect(existsSync(last)).toBe(false);
    expect(await folder.list()).toEqual([]);
  });
});

describe('removeLeavings', () => {
  it('says so when the file cannot be removed, and removes what it can', async () => {
    const fs = await import('node:fs');
    const own = await folder.write('own', 'secret');
    const path = await folder.write('a.json', 'secret');
    const stuck = {
      ...fs,
      unlinkSync: (target: string) => {
        if (target === path) throw Object.assign(new Error('stuck'), { code: 'EROFS' });
        fs.unlinkSync(target);
      },
    };
    const handedOut = { path, file: { is: () => true, close: () => Promise.resolve() } };
    const error = await caught(() => removeLeavings(stuck as typeof fs, { own, handedOut }));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { path, errno: 'EROFS' } });
    expect(await folder.list()).toEqual(['a.json']);
  });
});
