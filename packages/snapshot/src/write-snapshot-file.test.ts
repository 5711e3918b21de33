import { link, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caught } from './fixtures/caught.js';
import { exampleSession, LONG_TERM, numberedSession, TEMPORARY } from './fixtures/example-session.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, toSnapshot, writeSnapshotFile } from './index.js';

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
