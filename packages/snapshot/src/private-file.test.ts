import { lstat, readFile, rm, symlink } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadFiles } from './files.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { createPrivateFile } from './private-file.js';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('createPrivateFile', () => {
  it('never opens what is there', async () => {
    const path = await folder.write('a', 'mine');
    await symlink(path, folder.file('link'));
    await symlink(folder.file('none'), folder.file('dangling'));
    for (const name of ['a', 'link', 'dangling']) {
      await expect(createPrivateFile(await loadFiles(), folder.file(name), 'secret')).rejects.toMatchObject({
        code: 'EEXIST',
      });
    }
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(await folder.list()).toEqual(['a', 'dangling', 'link']);
  });

  it('tells its file from all others while it is open', async () => {
    const files = await loadFiles();
    const path = folder.file('a');
    const file = await createPrivateFile(files, path, 'secret');
    expect(file.is(await lstat(path, { bigint: true }))).toBe(true);
    for (let round = 0; round < 20; round++) {
      await rm(path);
      await folder.write('a', 'another');
      expect(file.is(await lstat(path, { bigint: true }))).toBe(false);
    }
    await file.close();
  });
});
