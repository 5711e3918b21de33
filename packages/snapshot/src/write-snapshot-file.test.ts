import { execFileSync } from 'node:child_process';
import { link, lstat, readFile, symlink, utimes } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { companionName } from './companion-name.js';
import { splitPath } from './file-path.js';
import { caught } from './fixtures/caught.js';
import { EXAMPLE_SECRET, exampleSession, LONG_TERM, numberedSession, TEMPORARY } from './fixtures/example-session.js';
import { failingFiles, filesWithFacts } from './fixtures/failing-files.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, toSnapshot, writeSnapshotFile } from './index.js';
import { readPrivateFile } from './read-private-file.js';
import { replaceFile } from './write-snapshot-file.js';
import { thisWriter } from './writer.js';

let folder: TemporaryFolder;
const umask = process.umask();

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(async () => {
  process.umask(umask);
  await folder[Symbol.asyncDispose]();
});

describe('writeSnapshotFile', () => {
  it('writes what fromSnapshotFile reads', async () => {
    const session = exampleSession();
    const written = await writeSnapshotFile(session, folder.file('a.json'));
    expect(written).toEqual({ path: folder.file('a.json'), env: { BSM_SNAPSHOT_FILE: folder.file('a.json') } });
    const restored = await fromSnapshotFile(written.path);
    expect(await toSnapshot(restored)).toEqual(await toSnapshot(session));
    expect(await folder.list()).toEqual(['a.json']);
  });

  it('writes the bytes that Python writes', async () => {
    const session = exampleSession({ credentials: { ...TEMPORARY, secretAccessKey: 's\u00e9cret/+\u007f\u{1F511}' } });
    await writeSnapshotFile(session, folder.file('a.json'), { omitExpiration: true });
    expect(await readFile(folder.file('a.json'), 'utf8')).toBe(
      '{"region_name": "eu-west-1", "aws_access_key_id": "ASIAIOSFODNN7EXAMPLE", ' +
        '"aws_secret_access_key": "s\\u00e9cret/+\\u007f\\ud83d\\udd11", ' +
        `"aws_session_token": "${TEMPORARY.sessionToken}"}`,
    );
  });

  it('says the absolute path, for a child with another working directory', async () => {
    const path = relative(process.cwd(), folder.file('a.json'));
    expect((await writeSnapshotFile(exampleSession(), path)).env['BSM_SNAPSHOT_FILE']).toBe(folder.file('a.json'));
  });

  it.each([0, 0o022, 0o077, 0o777])('row 43: has mode 0600 with umask %o', async (mask) => {
    process.umask(mask);
    await writeSnapshotFile(exampleSession(), folder.file('a.json'));
    expect(await folder.mode('a.json')).toBe('0600');
  });

  it('row 43: makes a file private that was open to all', async () => {
    await folder.write('a.json', 'old', 0o666);
    await writeSnapshotFile(exampleSession(), folder.file('a.json'));
    expect(await folder.mode('a.json')).toBe('0600');
    expect(await fromSnapshotFile(folder.file('a.json'))).toBeDefined();
  });

  it('leaves another name of the old file as it was', async () => {
    await folder.write('a.json', 'old');
    await link(folder.file('a.json'), folder.file('other'));
    await writeSnapshotFile(exampleSession(), folder.file('a.json'));
    expect(await readFile(folder.file('other'), 'utf8')).toBe('old');
  });

  it('row 41: writes whole files, of 8 writers and as many readers at once', async () => {
    const path = folder.file('a.json');
    await writeSnapshotFile(numberedSession(0), path);
    const write = async (writer: number): Promise<void> => {
      for (let round = 0; round < 25; round++) await writeSnapshotFile(numberedSession(writer * 100 + round), path);
    };
    const read = async (): Promise<void> => {
      for (let round = 0; round < 50; round++) {
        const { accessKeyId, secretAccessKey } = await (await fromSnapshotFile(path)).credentials();
        expect(secretAccessKey).toBe(`secret-${accessKeyId.slice(4)}`);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, writer) => [write(writer), read()]).flat());
    expect(await folder.list()).toEqual(['a.json']);
  });

  it.each([
    ['an empty path', '', undefined, 'path'],
    ['no path', undefined, undefined, 'path'],
    ['a URL', new URL('file:///a'), undefined, 'path'],
    ['a path with a zero in it', 'a\0', undefined, 'path'],
    ['an unknown option', 'a', { mode: 0o644 }, 'mode'],
    ['allowLongTermKeys that is no boolean', 'a', { allowLongTermKeys: 'yes' }, 'allowLongTermKeys'],
    ['encrypt that is a key', 'a', { encrypt: 'key' }, 'encrypt'],
    ['minRemainingMs that is no number', 'a', { minRemainingMs: '1' }, 'minRemainingMs'],
  ])('refuses %s', async (_name, path, options, option) => {
    const error = await caught(() => writeSnapshotFile(exampleSession(), path as never, options as never));
    expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
  });
});

describe('long-term keys', () => {
  it.each([
    ['AKIA keys', LONG_TERM],
    ['keys without a token, as a stand-in for AWS has them', { ...LONG_TERM, accessKeyId: 'minio' }],
    ['AKIA keys with a token that is left over', { ...LONG_TERM, sessionToken: 'stale' }],
  ])('are refused: %s', async (_name, credentials) => {
    for (const options of [undefined, { encrypt: true }, { allowLongTermKeys: false }]) {
      const session = exampleSession({ credentials });
      const error = await caught(() => writeSnapshotFile(session, folder.file('a.json'), options));
      expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_LONG_TERM_KEYS', retryable: false });
      expect(error.message).toMatch(/serveCredentials.*allowLongTermKeys: true/);
      expect(error.message).not.toContain(credentials.accessKeyId);
    }
    expect(await folder.list()).toEqual([]);
  });

  it('are written on demand', async () => {
    const session = exampleSession({ credentials: LONG_TERM });
    const { path } = await writeSnapshotFile(session, folder.file('a.json'), { allowLongTermKeys: true });
    expect(await (await fromSnapshotFile(path)).credentials()).toEqual(LONG_TERM);
  });

  it('are not what has a token', async () => {
    expect(await writeSnapshotFile(exampleSession(), folder.file('a.json'))).toBeDefined();
  });
});

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
    execFileSync('mkfifo', [folder.file('pipe')]);
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
      if (call === 'handle.chmod') {
        execFileSync('chmod', ['666', path]);
        return undefined;
      }
      if (call === 'handle.writeFile') written = true;
      return undefined;
    });
    const chmodIgnored: typeof files = {
      ...files,
      open: (async (...args: Parameters<typeof files.open>) => {
        const handle = await files.open(...args);
        return {
          ...handle,
          chmod: () => execFileSync('chmod', ['666', String(args[0])]),
          stat: (o: object) => handle.stat(o as never),
          close: () => handle.close(),
        };
      }) as unknown as typeof files.open,
      lstat: files.lstat,
      readdir: files.readdir,
      unlink: files.unlink,
    };
    const error = await caught(async () => replaceFile(chmodIgnored, await splitPath(folder.file('a.json')), 'new'));
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
