import { execFileSync } from 'node:child_process';
import { lstat, readFile, symlink } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { splitPath } from './file-path.js';
import { caught } from './fixtures/caught.js';
import { exampleSession } from './fixtures/example-session.js';
import { failingFiles, filesWithFacts } from './fixtures/failing-files.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { writeSnapshotFile } from './index.js';
import { readPrivateFile } from './read-private-file.js';
import { replaceFile } from './write-snapshot-file.js';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('row 42: what stands at the path', () => {
  it('is not followed: a link', async () => {
    await folder.write('target', 'mine');
    await symlink(folder.file('target'), folder.file('link'));
    await symlink(folder.file('none'), folder.file('dangling'));
    for (const name of ['link', 'dangling']) {
      const error = await caught(() => writeSnapshotFile(exampleSession(), folder.file(name)));
      expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INSECURE', details: { path: folder.file(name) } });
    }
    expect(await readFile(folder.file('target'), 'utf8')).toBe('mine');
    expect(await folder.list()).toEqual(['dangling', 'link', 'target']);
  });

  it('is not followed: a link that is put there at the last moment', async () => {
    await folder.write('target', 'mine');
    const path = folder.file('a.json');
    let linked = false;
    const files = await failingFiles((call) => {
      if (call === 'handle.sync' && !linked) {
        linked = true;
        execFileSync('ln', ['-s', folder.file('target'), path]);
      }
      return undefined;
    });
    await replaceFile(files, await splitPath(path), 'secret');
    expect(await readFile(folder.file('target'), 'utf8')).toBe('mine');
    expect((await lstat(path)).isFile()).toBe(true);
  });

  it('is refused: a pipe', async () => {
    folder.makePipe('pipe');
    const error = await caught(() => writeSnapshotFile(exampleSession(), folder.file('pipe')));
    expect(error.code).toBe('ERR_BSM_SNAPSHOT_INSECURE');
    expect((await lstat(folder.file('pipe'))).isFIFO()).toBe(true);
  });

  it('is refused: a directory, also with a slash at the end, and the root', async () => {
    await folder.makeDirectory('directory');
    for (const path of [folder.file('directory'), `${folder.file('directory')}/`, '/']) {
      const error = await caught(() => writeSnapshotFile(exampleSession(), path));
      expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno: 'EISDIR' } });
    }
    expect(await folder.list()).toEqual(['directory']);
  });

  it('is refused: a file of another user', async () => {
    const path = await folder.write('a.json', 'theirs');
    const files = await filesWithFacts((facts, of) => {
      if (of === path) facts.uid = 4_242n;
    });
    const target = await splitPath(path);
    for (const use of [() => replaceFile(files, target, 'secret'), () => readPrivateFile(files, target, true)]) {
      const error = await caught(use);
      expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INSECURE' });
      expect(error.message).toContain('belongs to another user');
    }
    expect(await readFile(path, 'utf8')).toBe('theirs');
  });

  it('is fine when it belongs to root, who needs no file to get at keys', async () => {
    const path = await folder.write('a.json', 'old');
    const files = await filesWithFacts((facts) => {
      facts.uid = 0n;
    });
    await replaceFile(files, await splitPath(path), 'new');
    expect(await readPrivateFile(files, await splitPath(path))).toBe('new');
  });
});

describe('rows 42 and 43: the directory', () => {
  it.each([
    ['writable by all', 0o777, 0, true],
    ['writable by all, where each may remove only what is theirs', 0o1777, 0, false],
    ['writable by a group of others', 0o775, 1, true],
    ["writable by this user's own group", 0o775, 0, false],
    ['readable by all', 0o755, 0, false],
  ])('%s', async (_name, mode, otherGroup, refused) => {
    await folder.makeDirectory('d', mode);
    const path = folder.file('d/a.json');
    const files = await filesWithFacts((facts) => {
      facts.gid += BigInt(otherGroup);
    });
    const write = async (): Promise<void> => replaceFile(files, await splitPath(path), 'x');
    if (!refused) return expect(await write()).toBeUndefined();
    expect(await caught(write)).toMatchObject({
      code: 'ERR_BSM_SNAPSHOT_INSECURE',
      details: { path: folder.file('d') },
    });
  });

  it.each(['lstat', 'stat'])('of another user is refused (%s)', async () => {
    const files = await filesWithFacts((facts, path) => {
      if (path === folder.path) facts.uid = 4_242n;
    });
    const error = await caught(async () => replaceFile(files, await splitPath(folder.file('a')), 'x'));
    expect(error.message).toContain('belongs to another user');
  });

  it('may be reached by a link of this user, and not by one of another', async () => {
    await folder.makeDirectory('real');
    await symlink(folder.file('real'), folder.file('alias'));
    expect(await writeSnapshotFile(exampleSession(), folder.file('alias/a.json'))).toBeDefined();
    const files = await filesWithFacts((facts) => {
      if (facts.isSymbolicLink()) facts.uid = 4_242n;
    });
    const error = await caught(async () => replaceFile(files, await splitPath(folder.file('alias/b.json')), 'x'));
    expect(error.code).toBe('ERR_BSM_SNAPSHOT_INSECURE');
  });

  it.each([
    ['is missing, and is not made', 'none/a.json', 'ENOENT'],
    ['is a file', 'file/a.json', 'ENOTDIR'],
    ['is below a file', 'file/d/a.json', 'ENOTDIR'],
    ['is a dangling link', 'dangling/a.json', 'ENOENT'],
  ])('%s', async (_name, name, errno) => {
    await folder.write('file', '');
    await symlink(folder.file('none'), folder.file('dangling'));
    const error = await caught(() => writeSnapshotFile(exampleSession(), folder.file(name)));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno }, retryable: false });
    expect(await folder.list()).toEqual(['dangling', 'file']);
  });

  it('cannot hold a name that is too long', async () => {
    const error = await caught(() => writeSnapshotFile(exampleSession(), folder.file('n'.repeat(250))));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno: 'ENAMETOOLONG' } });
  });
});
