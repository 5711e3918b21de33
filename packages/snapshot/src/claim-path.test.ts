import { link, readFile, rename, symlink } from 'node:fs/promises';
import type { BsmError } from '@bsm/core-cache';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimPath } from './claim-path.js';
import { companionName } from './companion-name.js';
import { splitPath } from './file-path.js';
import { caught } from './fixtures/caught.js';
import { exampleSession, numberedSession } from './fixtures/example-session.js';
import { failingFiles } from './fixtures/failing-files.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, withSnapshotFile } from './index.js';
import { type Leavings, removeLeavings } from './leavings.js';
import { thisWriter } from './writer.js';

// No process has such an id.
const GONE = 4_194_305;

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('a path that is given', () => {
  it('is claimed by one of many', async () => {
    const path = folder.file('a.json');
    const refusals: BsmError[] = [];
    let free = (): void => {};
    const nineRefused = new Promise<void>((resolve) => {
      free = resolve;
    });
    const inside = async (own: string, number: number): Promise<void> => {
      expect(own).toBe(path);
      await nineRefused;
      expect((await (await fromSnapshotFile(path)).credentials()).secretAccessKey).toBe(`secret-${number}`);
    };
    const scopes = Array.from({ length: 10 }, async (_, number) => {
      try {
        await withSnapshotFile(numberedSession(number), (own) => inside(own, number), { path });
      } catch (error) {
        refusals.push(error as BsmError);
        if (refusals.length === 9) free();
      }
    });
    await Promise.all(scopes);
    expect(refusals).toHaveLength(9);
    for (const refusal of refusals) {
      expect(refusal).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_IN_USE', retryable: true, details: { path } });
    }
    expect(await folder.list()).toEqual([]);
  });

  it('can be claimed again when its scope has ended', async () => {
    const path = folder.file('a.json');
    for (let round = 0; round < 3; round++)
      expect(await withSnapshotFile(exampleSession(), () => round, { path })).toBe(round);
    expect(await folder.list()).toEqual([]);
  });

  it('is made absolute', async () => {
    const inside = await withSnapshotFile(exampleSession(), (path, { env }) => [path, env['BSM_SNAPSHOT_FILE']], {
      path: `${folder.path}/x/../a.json`,
    });
    expect(inside).toEqual([folder.file('a.json'), folder.file('a.json')]);
  });

  it('keeps what was there, which Python overwrites and then deletes', async () => {
    const path = await folder.write('a.json', 'mine', 0o644);
    const error = await caught(() => withSnapshotFile(exampleSession(), () => 1, { path }));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_IN_USE' });
    expect([await readFile(path, 'utf8'), await folder.mode('a.json')]).toEqual(['mine', '0644']);
    expect(await folder.list()).toEqual(['a.json']);
  });

  it('row 42: is not followed when it is a link', async () => {
    await folder.write('target', 'mine');
    await symlink(folder.file('target'), folder.file('a.json'));
    await symlink(folder.file('none'), folder.file('dangling'));
    for (const name of ['a.json', 'dangling']) {
      const error = await caught(() => withSnapshotFile(exampleSession(), () => 1, { path: folder.file(name) }));
      expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INSECURE' });
    }
    expect(await readFile(folder.file('target'), 'utf8')).toBe('mine');
    expect(await folder.list()).toEqual(['a.json', 'dangling', 'target']);
  });

  it.each([
    ['a directory', '.', 'EISDIR'],
    ['in a directory that is missing', 'none/a.json', 'ENOENT'],
  ])('is an error when it is %s', async (_name, name, errno) => {
    const path = `${folder.path}/${name}`;
    const error = await caught(() => withSnapshotFile(exampleSession(), () => 1, { path }));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno } });
    expect(await folder.list()).toEqual([]);
  });

  it('row 38: is taken over from a process that was killed, by one of many', async () => {
    const path = await folder.write('a.json', 'of a killed process');
    const { scope } = await thisWriter();
    await link(path, folder.file(await companionName('a.json', { scope, pid: GONE })));
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, number) =>
        withSnapshotFile(numberedSession(number), () => new Promise((resolve) => setImmediate(resolve)), { path }),
      ),
    );
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await folder.list()).toEqual([]);
  });

  it('is not taken over when another file is there by now', async () => {
    const old = await folder.write('old', 'of a killed process');
    await rename(old, folder.file(await companionName('a.json', { ...(await thisWriter()), pid: GONE })));
    const path = await folder.write('a.json', 'mine');
    expect((await caught(() => withSnapshotFile(exampleSession(), () => 1, { path }))).code).toBe(
      'ERR_BSM_SNAPSHOT_IN_USE',
    );
    expect(await folder.list()).toEqual(['a.json']);
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  it.each(['ENOSPC', 'EPERM', 'ENOTSUP'])('a link with %s leaves nothing behind', async (errno) => {
    const files = await failingFiles((call) => (call === 'link' ? errno : undefined));
    const leavings: Leavings = {};
    const target = await splitPath(folder.file('a.json'));
    const error = await caught(() => claimPath(files, target, 'secret', leavings));
    removeLeavings(await import('node:fs'), leavings);
    await leavings.handedOut?.file.close();
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno } });
    expect(error.message).toContain('omit "path"');
    expect(await folder.list()).toEqual([]);
  });
});
