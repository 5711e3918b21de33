import { utimes } from 'node:fs/promises';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { companionName } from './companion-name.js';
import { exampleSession, numberedSession } from './fixtures/example-session.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { writeSnapshotFile } from './index.js';
import { thisWriter } from './writer.js';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('row 38: what a killed process left behind', () => {
  // No process has such an id.
  const GONE = 4_194_305;
  const DAY_MS = 24 * 3_600_000;

  async function orphan(options: { pid?: number; scope?: string; base?: string; ageMs?: number }): Promise<string> {
    const { scope } = await thisWriter();
    const { base = 'a.json', ageMs = 0 } = options;
    const name = await companionName(base, { scope: options.scope ?? scope, pid: options.pid ?? GONE });
    const path = await folder.write(name, 'part of a file');
    const then = new Date(Date.now() - ageMs);
    await utimes(path, then, then);
    return name;
  }

  it('is swept, whichever file it was for', async () => {
    await orphan({});
    await orphan({ base: 'other.json' });
    await orphan({ base: '.hidden.1-2.bsm-snapshot' });
    await writeSnapshotFile(exampleSession(), folder.file('a.json'));
    expect(await folder.list()).toEqual(['a.json']);
  });

  it('is left alone while its process lives', async () => {
    const names = [await orphan({ pid: process.pid }), await orphan({ pid: process.ppid, ageMs: 30 * DAY_MS })];
    await writeSnapshotFile(exampleSession(), folder.file('a.json'));
    expect(await folder.list()).toEqual([...names, 'a.json'].sort());
  });

  it('is left alone for a week when it is of another machine, boot or container', async () => {
    const names = [await orphan({ scope: '0123456789ab', ageMs: 6 * DAY_MS })];
    await orphan({ scope: '0123456789ab', ageMs: 8 * DAY_MS });
    await writeSnapshotFile(exampleSession(), folder.file('a.json'));
    expect(await folder.list()).toEqual([...names, 'a.json'].sort());
  });

  it('is not what only looks like it', async () => {
    const [name] = [await orphan({})];
    const others = [`${name}.bak`, name.slice(1), name.replace('bsm-snapshot', 'tmp'), '.a.json.bsm-snapshot'];
    for (const other of others) await folder.write(other, 'mine');
    const directory = basename(
      await folder.makeDirectory(await companionName('d', { scope: (await thisWriter()).scope, pid: GONE })),
    );
    await writeSnapshotFile(exampleSession(), folder.file('a.json'));
    expect(await folder.list()).toEqual([...others, directory, 'a.json'].sort());
  });

  it('is swept once, by many at once', async () => {
    for (let count = 0; count < 20; count++) await orphan({});
    await Promise.all(
      Array.from({ length: 8 }, (_, writer) => writeSnapshotFile(numberedSession(writer), folder.file('a.json'))),
    );
    expect(await folder.list()).toEqual(['a.json']);
  });
});
