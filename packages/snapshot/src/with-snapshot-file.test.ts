import { existsSync } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { caught } from './fixtures/caught.js';
import { exampleSession, LONG_TERM, numberedSession, TEMPORARY } from './fixtures/example-session.js';
import { pythonCases } from './fixtures/python-cases.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, withSnapshotFile } from './index.js';

const EVENTS = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'];

let folder: TemporaryFolder;
const umask = process.umask();

beforeEach(async () => {
  folder = await createTemporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
});

afterEach(async () => {
  process.umask(umask);
  await folder[Symbol.asyncDispose]();
});

const listeners = (): number[] => EVENTS.map((event) => process.listenerCount(event));

describe('withSnapshotFile', () => {
  it('gives the callback a file, a path and an environment, and returns what it returns', async () => {
    const before = { ...process.env };
    const result = await withSnapshotFile(exampleSession(), async (path, { env }) => {
      expect(env).toEqual({ BSM_SNAPSHOT_FILE: path });
      expect(process.env).toEqual(before);
      expect(await (await fromSnapshotFile(path)).credentials()).toEqual(TEMPORARY);
      return 42;
    });
    expect(result).toBe(42);
    expect(await folder.list()).toEqual([]);
    expect(process.env).toEqual(before);
  });

  it.each([0, 0o077, 0o777])(
    'row 43: keeps the file in a directory of its own, modes 0600 and 0700 with umask %o',
    async (mask) => {
      process.umask(mask);
      await withSnapshotFile(exampleSession(), async (path) => {
        expect(dirname(dirname(path))).toBe(folder.path);
        expect(await folder.mode(basename(dirname(path)))).toBe('0700');
        expect((await lstat(path)).mode & 0o777).toBe(0o600);
      });
      expect(await folder.list()).toEqual([]);
    },
  );

  it('removes the file when the callback throws, at once or later, and throws the same', async () => {
    const failure = new Error('of the callback');
    const throwing = [
      () => Promise.reject(failure),
      () => {
        throw failure;
      },
    ];
    for (const fn of throwing) {
      await expect(withSnapshotFile(exampleSession(), fn)).rejects.toBe(failure);
      await expect(withSnapshotFile(exampleSession(), fn, { path: folder.file('a.json') })).rejects.toBe(failure);
    }
    expect(await folder.list()).toEqual([]);
  });

  it('row 44: gives each of many scopes a file of its own, nested or at once', async () => {
    const paths = new Set<string>();
    const scope = (number: number, inner: () => Promise<void>): Promise<void> =>
      withSnapshotFile(numberedSession(number), async (path) => {
        paths.add(path);
        await inner();
        expect((await (await fromSnapshotFile(path)).credentials()).secretAccessKey).toBe(`secret-${number}`);
      });
    await Promise.all(Array.from({ length: 20 }, (_, n) => scope(n, () => scope(100 + n, () => Promise.resolve()))));
    expect(paths.size).toBe(40);
    expect(await folder.list()).toEqual([]);
  });

  it('listens for the end of the process only while a scope is open', async () => {
    const before = listeners();
    await withSnapshotFile(exampleSession(), async () => {
      const during = listeners();
      expect(during).toEqual(before.map((count) => count + 1));
      await withSnapshotFile(exampleSession(), () => expect(listeners()).toEqual(during));
      expect(listeners()).toEqual(during);
    });
    expect(listeners()).toEqual(before);
    await caught(() => withSnapshotFile(exampleSession(), () => 1, { path: folder.file('none/a') }));
    expect(listeners()).toEqual(before);
  });

  it('removes the file at a signal for which somebody else listens, and again what it has at the next', async () => {
    const heard: number[] = [];
    const other = (): unknown => heard.push(process.listenerCount('SIGHUP'));
    const before = listeners();
    process.on('SIGHUP', other);
    await withSnapshotFile(exampleSession(), async (path) => {
      for (const _signal of [1, 2]) {
        process.emit('SIGHUP', 'SIGHUP');
        expect(existsSync(path)).toBe(false);
        await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        expect(process.listenerCount('SIGHUP')).toBe(before[3]! + 2);
      }
    });
    process.off('SIGHUP', other);
    // Who counts the listeners sees no more than there were without a scope.
    expect(heard).toEqual([before[3]! + 1, before[3]! + 1]);
    expect(listeners()).toEqual(before);
    expect(await folder.list()).toEqual([]);
  });

  it('hands the key over in the environment only', async () => {
    await withSnapshotFile(
      exampleSession(),
      async (path, { env }) => {
        expect(Object.keys(env)).toEqual(['BSM_SNAPSHOT_FILE', 'BSM_SNAPSHOT_KEY']);
        const text = await readFile(path, 'utf8');
        expect(text).not.toContain(TEMPORARY.accessKeyId);
        expect(text).not.toContain(env['BSM_SNAPSHOT_KEY']);
        const session = await fromSnapshotFile(path, { key: env['BSM_SNAPSHOT_KEY'] });
        expect(await session.credentials()).toEqual(TEMPORARY);
      },
      { encrypt: true },
    );
  });

  it('refuses long-term keys before it writes or calls anything', async () => {
    const fn = vi.fn();
    const error = await caught(() => withSnapshotFile(exampleSession({ credentials: LONG_TERM }), fn));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_LONG_TERM_KEYS' });
    expect(fn).not.toHaveBeenCalled();
    expect(await folder.list()).toEqual([]);
    const session = exampleSession({ credentials: LONG_TERM });
    expect(await withSnapshotFile(session, () => 'written', { allowLongTermKeys: true })).toBe('written');
  });

  it.each([
    ['no callback', undefined, undefined, 'fn'],
    ['an unknown option', () => 1, { directory: 'x' }, 'directory'],
    ['an empty path', () => 1, { path: '' }, 'path'],
    ['a path with a zero in it', () => 1, { path: 'a\0' }, 'path'],
    ['encrypt that is no boolean', () => 1, { encrypt: 1 }, 'encrypt'],
    ['options that are a path', () => 1, 'a.json', 'options'],
  ])('refuses %s', async (_name, fn, options, option) => {
    const error = await caught(() => withSnapshotFile(exampleSession(), fn as never, options as never));
    expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
  });
});

describe('what Python recorded of its temporary file', () => {
  it('is mended by name: modes, links, fixed path, signals', () => {
    // Each of these is a test of this package with the other outcome.
    expect(pythonCases().tempSnapshotFile).toMatchObject({
      status: 'upstream-bug',
      observedModes: { 'umask 022': '0o644', 'umask 077': '0o600', 'umask 000': '0o666' },
      deletedOnNormalExit: true,
      deletedOnException: true,
      deletedOnSIGINT: true,
      deletedOnSIGTERM: false,
      deletedOnSIGHUP: false,
      preexistingFile: 'overwritten (mode kept) then deleted',
      nestedSamePath: "inner exit deletes the outer's file",
      missingParentDir: 'FileNotFoundError (not created)',
    });
  });
});
