import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOwnFile } from './create-own-file.js';
import { caught } from './fixtures/caught.js';
import { exampleSession } from './fixtures/example-session.js';
import { failingFiles } from './fixtures/failing-files.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { withSnapshotFile } from './index.js';
import { type Leavings, removeLeavings } from './leavings.js';
import { thisWriter, writerMark } from './writer.js';

// No process has such an id.
const GONE = 4_194_305;

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('the directory for temporary files', () => {
  it.each([
    ['is missing', 'none', 'ENOENT'],
    ['is a file', 'file', 'ENOTDIR'],
  ])('that %s is an error', async (_name, name, errno) => {
    await folder.write('file', '');
    vi.stubEnv('TMPDIR', folder.file(name));
    const error = await caught(() => withSnapshotFile(exampleSession(), () => 1));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { path: folder.file(name), errno } });
  });

  it('that others can change is refused', async () => {
    vi.stubEnv('TMPDIR', await folder.makeDirectory('open', 0o777));
    const error = await caught(() => withSnapshotFile(exampleSession(), () => 1));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INSECURE' });
  });

  it('is swept of what killed processes left, and of nothing else', async () => {
    const self = await thisWriter();
    const make = async (pid: number, scope: string, ageMs: number): Promise<string> => {
      const name = `bsm-snapshot-${await writerMark({ pid, scope })}-aB3xYz`;
      await folder.makeDirectory(name);
      await folder.write(`${name}/snapshot.json`, 'secret');
      const then = new Date(Date.now() - ageMs);
      await utimes(folder.file(name), then, then);
      return name;
    };
    const day = 24 * 3_600_000;
    await make(GONE, self.scope, 0);
    await make(GONE, '0123456789ab', 8 * day);
    const kept = [await make(process.pid, self.scope, 30 * day), await make(GONE, '0123456789ab', 6 * day)];
    const used = await make(GONE, self.scope, 0);
    await folder.write(`${used}/mine`, 'mine');
    await folder.makeDirectory('bsm-snapshot-mine');
    await folder.write('bsm-snapshot-file', '');
    await withSnapshotFile(exampleSession(), () => undefined);
    expect(await folder.list()).toEqual([...kept, used, 'bsm-snapshot-mine', 'bsm-snapshot-file'].sort());
    expect(existsSync(folder.file(`${used}/snapshot.json`))).toBe(false);
  });
});

describe('row 39: a call of the file system that fails', () => {
  const rows = (
    ['lstat', 'mkdtemp', 'chmod', 'open', 'handle.chmod', 'handle.writeFile', 'handle.sync'] as const
  ).flatMap((call) => ['ENOSPC', 'EROFS', 'EACCES'].map((errno) => [call, errno] as const));

  it.each(rows)('%s with %s leaves nothing behind', async (failing, errno) => {
    const files = await failingFiles((call) => (call === failing ? errno : undefined));
    const leavings: Leavings = {};
    const error = await caught(() => createOwnFile(files, 'secret', leavings));
    removeLeavings(await import('node:fs'), leavings);
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno } });
    expect(await folder.list()).toEqual([]);
  });
});
