import { symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { caught } from './fixtures/caught.js';
import { EXAMPLE_SECRET, exampleSession, TEMPORARY } from './fixtures/example-session.js';
import { pythonCases } from './fixtures/python-cases.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';
import { defaultSnapshotPath, fromSnapshotFile, toSnapshot, withSnapshotFile, writeSnapshotFile } from './index.js';

const TEXT =
  '{"region_name": "us-east-1", "aws_access_key_id": "A", "aws_secret_access_key": "B", "aws_session_token": "T"}';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

describe('what Python recorded', () => {
  const { cases, missingFile, nullPath } = pythonCases().fromSnapshotFile;
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_DEFAULT_REGION: 'us-east-1' };

  it.each(cases.filter(({ status }) => status === 'match'))('is the same: $fileText', async ({ fileText, out }) => {
    for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value);
    const path = await folder.write('case.json', fileText);
    if (out === undefined) {
      const error = await caught(() => fromSnapshotFile(path));
      expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INVALID' });
      return;
    }
    const session = await fromSnapshotFile(path);
    const { accessKeyId, secretAccessKey, sessionToken = null } = await session.credentials();
    expect({
      access_key: accessKeyId,
      secret_key: secretAccessKey,
      token: sessionToken,
      region: await session.region(),
      expired: session.isExpired(),
    }).toEqual(out);
  });

  // Python falls back to other credentials, or takes half a key pair, or fails with an error of its own parts.
  it.each(cases.filter(({ status }) => status === 'upstream-bug'))('is mended: $fileText', async ({ fileText }) => {
    for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value);
    const path = await folder.write('case.json', fileText);
    const error = await caught(() => fromSnapshotFile(path));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INVALID' });
  });

  it('is the same for a file that is not there', async () => {
    const path = folder.file('none.json');
    const error = await caught(() => fromSnapshotFile(path));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_NOT_FOUND', details: { path, errno: 'ENOENT' } });
    expect(error.message).toContain(missingFile.message.replace('(path)', path));
  });

  it('is the same without a home directory', async () => {
    vi.stubEnv('HOME', undefined);
    const error = await caught(() => fromSnapshotFile());
    expect(nullPath.message).toContain('$HOME');
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_NOT_FOUND' });
    expect(error.message).toContain('HOME is not set');
  });

  it('is the same default path', () => {
    vi.stubEnv('HOME', folder.path);
    expect(pythonCases().tempSnapshotFile.defaultPath).toContain('~/.bsm-snapshot.json');
    expect(defaultSnapshotPath()).toBe(folder.file('.bsm-snapshot.json'));
  });
});

describe('where it reads', () => {
  it('is BSM_SNAPSHOT_FILE, else the default path', async () => {
    vi.stubEnv('HOME', folder.path);
    await folder.write('.bsm-snapshot.json', TEXT.replace('"A"', '"HOME"'));
    vi.stubEnv('BSM_SNAPSHOT_FILE', '');
    expect((await (await fromSnapshotFile()).credentials()).accessKeyId).toBe('HOME');
    vi.stubEnv('BSM_SNAPSHOT_FILE', await folder.write('other.json', TEXT));
    expect((await (await fromSnapshotFile()).credentials()).accessKeyId).toBe('A');
    const given = await fromSnapshotFile(folder.file('.bsm-snapshot.json'));
    expect((await given.credentials()).accessKeyId).toBe('HOME');
  });

  it.each([undefined, '', 'relative/home', '.'])('is nowhere with HOME as %j', async (home) => {
    vi.stubEnv('HOME', home);
    expect((await caught(defaultSnapshotPath)).code).toBe('ERR_BSM_SNAPSHOT_NOT_FOUND');
    expect((await caught(() => fromSnapshotFile())).code).toBe('ERR_BSM_SNAPSHOT_NOT_FOUND');
  });

  it.each([
    ['/srv/app', '/srv/app/.bsm-snapshot.json'],
    ['/srv/app//', '/srv/app/.bsm-snapshot.json'],
    ['/', '/.bsm-snapshot.json'],
  ])('is %s with the name of Python', (home, path) => {
    vi.stubEnv('HOME', home);
    expect(defaultSnapshotPath()).toBe(path);
  });

  it.each([
    ['an empty path', '', undefined, 'path'],
    ['a path with a zero in it', 'a\0b', undefined, 'path'],
    ['a path that is a number', 1, undefined, 'path'],
    ['null', null, undefined, 'path'],
    ['an unknown option', 'x', { mode: 0o600 }, 'mode'],
    ['allowInsecureMode that is no boolean', 'x', { allowInsecureMode: 1 }, 'allowInsecureMode'],
    ['an empty key', 'x', { key: '' }, 'key'],
    ['an expiration that is none', 'x', { expiration: 1 }, 'expiration'],
  ])('refuses %s', async (_name, path, options, option) => {
    const error = await caught(() => fromSnapshotFile(path as never, options as never));
    expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
  });
});

describe('row 43: what is open to others', () => {
  it.each([0o644, 0o640, 0o604, 0o666, 0o660, 0o610])('is refused with mode %o, naming the option', async (mode) => {
    const path = await folder.write('python.json', TEXT, mode);
    const error = await caught(() => fromSnapshotFile(path));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INSECURE', details: { path } });
    expect(error.message).toContain(`mode 0${mode.toString(8)}`);
    expect(error.message).toContain('allowInsecureMode');
    const session = await fromSnapshotFile(path, { allowInsecureMode: true });
    expect((await session.credentials()).accessKeyId).toBe('A');
  });

  it.each([0o600, 0o400, 0o700])('is not what has mode %o', async (mode) => {
    const path = await folder.write('private.json', TEXT, mode);
    expect((await (await fromSnapshotFile(path)).credentials()).secretAccessKey).toBe('B');
  });

  it('is refused in a directory in which others can exchange it', async () => {
    await folder.makeDirectory('shared', 0o777);
    const path = await folder.write('shared/a.json', TEXT);
    expect((await caught(() => fromSnapshotFile(path))).message).toMatch(/others can exchange files/);
    expect(await fromSnapshotFile(path, { allowInsecureMode: true })).toBeDefined();
    await folder.makeDirectory('sticky', 0o1777);
    expect(await fromSnapshotFile(await folder.write('sticky/a.json', TEXT))).toBeDefined();
  });

  it('leaves endpoints, options and unknown names in the file alone', async () => {
    const path = await folder.write(
      'more.json',
      TEXT.replace(
        '{',
        '{"__proto__": {"x": 1}, "default_client_kwargs": {"endpoint_url": "http://127.0.0.1:1"}, "v": 2, ',
      ),
    );
    const session = await fromSnapshotFile(path);
    expect(session.clientDefaults).toEqual({});
    expect(Object.keys(await toSnapshot(session))).toEqual(Object.keys(JSON.parse(TEXT) as object));
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});

describe('row 42: what is no file of its own', () => {
  it('is refused: a link, even to a good file', async () => {
    await folder.write('good.json', TEXT);
    await symlink(folder.file('good.json'), folder.file('link.json'));
    await symlink(folder.file('none'), folder.file('dangling.json'));
    for (const name of ['link.json', 'dangling.json']) {
      const error = await caught(() => fromSnapshotFile(folder.file(name), { allowInsecureMode: true }));
      expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INSECURE' });
    }
  });

  it('is refused: a pipe, without waiting for who writes to it', async () => {
    const pipe = folder.makePipe('pipe');
    expect((await caught(() => fromSnapshotFile(pipe))).code).toBe('ERR_BSM_SNAPSHOT_INSECURE');
  });

  it('is refused: a socket and a device', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(folder.file('socket'), resolve));
    expect((await caught(() => fromSnapshotFile(folder.file('socket')))).code).toBe('ERR_BSM_SNAPSHOT_INSECURE');
    await new Promise((resolve) => server.close(resolve));
    expect((await caught(() => fromSnapshotFile('/dev/zero'))).code).toBe('ERR_BSM_SNAPSHOT_INSECURE');
  });

  it('is refused: a directory', async () => {
    const error = await caught(() => fromSnapshotFile(folder.path));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_READ_FAILED', details: { errno: 'EISDIR' } });
  });

  it.each([
    ['in a directory that is not there', 'none/a.json', 'ENOENT'],
    ['below a file', 'file/a.json', 'ENOTDIR'],
  ])('is not found %s', async (_name, name, errno) => {
    await folder.write('file', TEXT);
    const error = await caught(() => fromSnapshotFile(folder.file(name)));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_NOT_FOUND', details: { errno } });
  });
});

describe('row 40: a file that is damaged', () => {
  it.each([
    ['empty', '', 'it is empty'],
    ['blank', ' \n', 'it is empty'],
    ['cut off', TEXT.slice(0, -10), 'it is not JSON'],
    ['followed by junk, as botocore once left it', `${TEXT}"}`, 'it is not JSON'],
    ['with a byte order mark', `\uFEFF${TEXT}`, 'byte order mark'],
    ['a list', '[]', 'it is not an object'],
    ['null', 'null', 'it is not an object'],
    ['a number', '1e999', 'it is not an object'],
    ['nested deeply', '['.repeat(60_000), 'it is not JSON'],
    ['nested deeply and closed', '['.repeat(30_000) + ']'.repeat(30_000), 'it is not an object'],
    [
      'nested deeply in a name nobody asks for',
      TEXT.replace('}', `, "x": ${'['.repeat(9_999)}${']'.repeat(9_999)}}`).replace('"B"', '""'),
      'aws_secret_access_key is not',
    ],
    ['zeros', '\0'.repeat(200), 'it is not JSON'],
    ['in another encoding', Buffer.from(TEXT, 'utf16le'), 'it is not JSON'],
    ['not UTF-8', Buffer.from(TEXT.replace('B', '\u00e9'), 'latin1'), 'it is not UTF-8'],
  ])('is an error when it is %s, and the next write heals it', async (_name, content, problem) => {
    const path = await folder.write('damaged.json', content);
    const error = await caught(() => fromSnapshotFile(path));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INVALID' });
    expect(error.message).toContain(problem);
    expect(error.message).toContain(path);
    await writeSnapshotFile(exampleSession(), path);
    expect(await (await fromSnapshotFile(path)).credentials()).toEqual(TEMPORARY);
  });

  it('is an error when it is huge, and only its beginning is read', async () => {
    const path = await folder.write('huge.json', TEXT);
    await truncate(path, 64 * 1_024 ** 3);
    expect((await caught(() => fromSnapshotFile(path))).message).toContain('too large');
  });

  it('is read at the largest size', async () => {
    const padded = TEXT + ' '.repeat(64 * 1_024 - TEXT.length);
    expect(await fromSnapshotFile(await folder.write('full.json', padded))).toBeDefined();
    const path = await folder.write('over.json', `${padded} `);
    expect((await caught(() => fromSnapshotFile(path))).message).toContain('too large');
  });

  it('shows nothing of the file in an error, however deep one looks', async () => {
    const path = await folder.write('secret.json', `{"aws_secret_access_key": ${EXAMPLE_SECRET}`);
    const error = await caught(() => fromSnapshotFile(path));
    expect(JSON.stringify([error.message, error.stack, error.details, error.cause ?? null])).not.toContain(
      EXAMPLE_SECRET,
    );
  });
});

describe('an encrypted file', () => {
  it('is read with the key of the environment, or one that is given', async () => {
    const { path, env } = await writeSnapshotFile(exampleSession(), folder.file('sealed.json'), { encrypt: true });
    expect(env).toEqual({ BSM_SNAPSHOT_FILE: path, BSM_SNAPSHOT_KEY: expect.stringMatching(/^[\w-]{43}$/) as string });
    const key = env['BSM_SNAPSHOT_KEY']!;
    const missing = await caught(() => fromSnapshotFile(path));
    expect(missing).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_ENCRYPTED' });
    expect(await (await fromSnapshotFile(path, { key })).credentials()).toEqual(TEMPORARY);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    expect(await (await fromSnapshotFile()).credentials()).toEqual(TEMPORARY);
    const wrong = await caught(() => fromSnapshotFile(path, { key: Buffer.alloc(32).toString('base64url') }));
    expect(wrong).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_ENCRYPTED' });
  });

  it('is demanded by a key that is given, not by one in the environment, which may be of an outer scope', async () => {
    const path = await folder.write('plain.json', TEXT);
    vi.stubEnv('BSM_SNAPSHOT_KEY', Buffer.alloc(32).toString('base64url'));
    expect(await fromSnapshotFile(path)).toBeDefined();
    const error = await caught(() => fromSnapshotFile(path, { key: Buffer.alloc(32).toString('base64url') }));
    expect(error.message).toContain('it is not encrypted');
  });

  it('is of no use when it was changed', async () => {
    await withSnapshotFile(
      exampleSession(),
      async (path, { env }) => {
        vi.stubEnv('BSM_SNAPSHOT_KEY', env['BSM_SNAPSHOT_KEY']);
        await writeFile(path, 'eyJhbGciOiJub25lIn0.e30.');
        expect((await caught(() => fromSnapshotFile(path))).code).toBe('ERR_BSM_SNAPSHOT_ENCRYPTED');
      },
      { encrypt: true },
    );
  });
});
