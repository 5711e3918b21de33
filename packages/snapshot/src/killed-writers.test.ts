import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parseCompanionName } from './companion-name.js';
import { bundleChildProgram, type Child, type ChildProgram } from './fixtures/child-program.js';
import { numberedSession } from './fixtures/example-session.js';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, withSnapshotFile, writeSnapshotFile } from './index.js';

// More with: BSM_TEST_KILLS=1000 vitest run packages/snapshot/src/killed-writers.test.ts
const KILLS = Number(process.env['BSM_TEST_KILLS'] ?? 40);
const WRITERS = 8;
const random = createSeededRandom(9);
const TIMEOUT_MS = 20_000 + KILLS * 1_000;

let program: ChildProgram;
let folder: TemporaryFolder;

beforeAll(async () => {
  program = await bundleChildProgram();
});

afterAll(() => program[Symbol.asyncDispose]());

/** Keeps writers at work, kills them one after another at random moments, and calls `look` after each. */
async function killWriters(kills: number, begin: () => Writer, look: () => Promise<void>): Promise<void> {
  const writers = Array.from({ length: Math.min(WRITERS, kills) }, begin);
  for (let kill = 0; kill < kills; kill++) {
    const place = Math.floor(random() * writers.length);
    const { child, killsItself } = writers[place]!;
    if (!killsItself) {
      expect(await child.line()).toBe('ready');
      // A random moment among its writes; which one does not matter, so that nothing depends on the time this takes.
      await new Promise((resolve) => setTimeout(resolve, random() * 20));
      child.process.kill('SIGKILL');
    }
    expect(await child.end).toEqual({ code: null, signal: 'SIGKILL' });
    await look();
    writers[place] = begin();
  }
  for (const { child } of writers) child.process.kill('SIGKILL');
  await Promise.all(writers.map(({ child }) => child.end));
}

interface Writer {
  readonly child: Child;
  /** At a random one of its calls of the file system, before it or while it is under way. */
  readonly killsItself: boolean;
}

function startWriter(command: string, path?: string): Writer {
  const args = path === undefined ? [command] : [command, path];
  return { child: program.start(args, { TMPDIR: folder.path }), killsItself: false };
}

function startDoomedWriter(path: string): Writer {
  const limit = 1 + Math.floor(random() * 40);
  return { child: program.start(['write-until', path, String(limit)]), killsItself: true };
}

/** The file is whole, of one identity, and private, or not there yet. */
async function expectWhole(path: string): Promise<number | undefined> {
  const session = await fromSnapshotFile(path).catch((error: { code?: unknown }) => {
    expect(error.code).toBe('ERR_BSM_SNAPSHOT_NOT_FOUND');
  });
  if (!session) return undefined;
  const { accessKeyId, secretAccessKey, sessionToken } = await session.credentials();
  const number = Number(accessKeyId.slice(4));
  expect([secretAccessKey, sessionToken]).toEqual([`secret-${number}`, `token-${number}-${'x'.repeat(2_000)}`]);
  return number;
}

/** Nothing in a directory is open to others, and everything in it is ours. */
async function expectPrivate(directory: string, known: readonly string[]): Promise<void> {
  for (const name of await readdir(directory)) {
    expect(known.includes(name) || parseCompanionName(name), name).toBeTruthy();
    const found = await lstat(join(directory, name)).catch(() => undefined);
    expect((found?.mode ?? 0) & 0o077).toBe(0);
  }
}

describe('row 38: a process that is killed while it writes', () => {
  test(`leaves the whole old file or the whole new one, ${KILLS} times, ${WRITERS} writers at once`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    await using own = await createTemporaryFolder();
    folder = own;
    const path = own.file('shared.json');
    const seen = new Set<number | undefined>();
    const begin = (): Writer => (random() < 0.5 ? startWriter('write', path) : startDoomedWriter(path));
    await killWriters(KILLS, begin, async () => {
      seen.add(await expectWhole(path));
      await expectPrivate(own.path, ['shared.json']);
    });
    expect(seen.size).toBeGreaterThan(KILLS / 4);
    // The next one to write sweeps what they left.
    await writeSnapshotFile(numberedSession(1), path);
    expect(await own.list()).toEqual(['shared.json']);
    expect(await expectWhole(path)).toBe(1);
  });

  test(`leaves a path that it had claimed to the next, ${Math.ceil(KILLS / 4)} times`, {
    timeout: TIMEOUT_MS,
  }, async () => {
    await using own = await createTemporaryFolder();
    folder = own;
    const path = own.file('claimed.json');
    for (let kill = 0; kill < KILLS / 4; kill++) {
      await killWriters(
        1,
        () => startWriter('scopes', path),
        async () => {
          await expectWhole(path);
          await expectPrivate(own.path, ['claimed.json']);
        },
      );
      // The second writer, which was killed at once, had no file yet, or left it.
      expect(await withSnapshotFile(numberedSession(1), expectWhole, { path })).toBe(1);
      expect(await own.list()).toEqual([]);
    }
  });

  test('leaves its file when it is killed in the middle of a scope, until the next scope sweeps it', async () => {
    await using own = await createTemporaryFolder();
    folder = own;
    for (const path of [own.file('claimed.json'), undefined]) {
      const { child } = startWriter('hold', path);
      const left = (await child.line())!;
      child.process.kill('SIGKILL');
      await child.end;
      expect(await fromSnapshotFile(left)).toBeDefined();
      vi.stubEnv('TMPDIR', own.path);
      expect(await withSnapshotFile(numberedSession(1), expectWhole, { path })).toBe(1);
      expect(await own.list()).toEqual([]);
    }
  });

  test('is what the programs of these tests become when their own parent is gone', async () => {
    await using own = await createTemporaryFolder();
    folder = own;
    for (const command of ['write', 'scopes', 'hold']) {
      const { child } = startWriter(command, own.file(`${command}.json`));
      await child.line();
      child.process.disconnect();
      expect(await child.end).toEqual({ code: null, signal: 'SIGKILL' });
    }
  });

  test('leaves directories that nobody else can enter, and that the next scope sweeps', {
    timeout: TIMEOUT_MS,
  }, async () => {
    await using own = await createTemporaryFolder();
    folder = own;
    await killWriters(
      Math.ceil(KILLS / 4),
      () => startWriter('scopes'),
      async () => {
        for (const name of await own.list()) expect(await own.mode(name).catch(() => '0700')).toBe('0700');
      },
    );
    vi.stubEnv('TMPDIR', own.path);
    expect(await withSnapshotFile(numberedSession(1), () => own.list())).toHaveLength(1);
    expect(await own.list()).toEqual([]);
  });
});
