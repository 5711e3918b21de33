import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';
import { createSession } from '@bsm/core-cache';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, beginRequest, keyServed, requestText, sendRaw, tokenOf } from './fixtures/ask-endpoint.js';
import { createGate, settle } from './fixtures/gate.js';
import { literalSession } from './fixtures/literal-session.js';
import { hostileEnvironment } from './fixtures/process-env.js';
import { createServedSource } from './fixtures/served-source.js';
import { CONFLICTING_VARIABLES, type CredentialServer, serveCredentials } from './index.js';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bsm-test-'));
  vi.stubEnv('TMPDIR', directory);
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** The private directories that are there, with their files. */
const privateFiles = async (): Promise<string[]> => readdir(directory, { recursive: true });

describe('the answer', () => {
  test('is the JSON that the AWS SDKs expect, of one set of credentials', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    const { status, headers, body } = await sendRaw(server.url, requestText(server));
    expect(status).toBe(200);
    expect(headers.split('\r\n').slice(1)).toEqual([
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Cache-Control: no-store',
      'Connection: close',
      expect.stringMatching(/^Date: /),
    ]);
    expect(JSON.parse(body)).toEqual({
      AccessKeyId: 'KEY-1',
      SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      Token: 'session-token-1',
      Expiration: source.session.credentials.expiration?.toISOString().replace('.000Z', 'Z'),
    });
  });

  test('says in whole seconds when they end, never later than they do', async () => {
    const end = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_999);
    using session = literalSession('AK', { sessionToken: 'token', expiration: end });
    await using server = await serveCredentials(session);
    const { json } = await ask(server);
    expect(json['Expiration']).toBe(new Date(end.getTime() - 999).toISOString().replace('.000Z', 'Z'));
  });

  test('names the account, from the credentials or from who issued them', async () => {
    using known = literalSession('AK', { accountId: '123456789012' });
    using issued = createServedSource();
    issued.behave = () => ({
      ...issued.fresh(),
      [Symbol.for('@bsm/principal')]: {
        accountId: '444455556666',
        arn: 'arn:aws:iam::444455556666:user/a',
        userId: 'U',
      },
    });
    await using server = await serveCredentials(known);
    const other = server.add(issued.session);
    await other.ready;
    expect((await ask(server)).json['AccountId']).toBe('123456789012');
    expect((await ask(other)).json['AccountId']).toBe('444455556666');
  });

  test('lets keys without an end be asked for again in an hour, by the clock of the machine', async () => {
    using session = literalSession('AK', { clock: { now: () => 0 } });
    await using server = await serveCredentials(session);
    const before = Date.now();
    const { json } = await ask(server);
    const leftMs = Date.parse(json['Expiration'] ?? '') - before;
    expect(json).toMatchObject({ AccessKeyId: 'AK', Token: '', Expiration: expect.stringMatching(/:\d\dZ$/) });
    expect(leftMs).toBeGreaterThan(3_600_000 - 1_001);
    expect(leftMs).toBeLessThan(3_600_000 + 60_000);
  });
});

describe('env', () => {
  test('is what is to be set, and leads away from the shared files', async () => {
    using session = literalSession('AK', { region: 'eu-north-1', clientDefaults: { endpoint: 'http://127.0.0.1:9' } });
    await using server = await serveCredentials(session);
    const { AWS_CONFIG_FILE: empty = '', ...env } = server.env;
    expect(env).toEqual({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: server.url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: expect.stringMatching(/^[\w-]{43}$/),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'eu-north-1',
      AWS_DEFAULT_REGION: 'eu-north-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_SHARED_CREDENTIALS_FILE: empty,
    });
    expect(readFileSync(empty, 'utf8')).toBe('');
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/1\/session$/);
  });

  test('has no region when the session has none', async () => {
    using session = createSession({ credentials: async () => ({ accessKeyId: 'AK', secretAccessKey: 'S' }) });
    await using server = await serveCredentials(session);
    expect(Object.keys(server.childEnv({ AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-1' }))).not.toContain(
      'AWS_REGION',
    );
    expect(server.env).not.toHaveProperty('AWS_DEFAULT_REGION');
  });

  test('with tokenFile holds the path of a private file without a newline', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session, { tokenFile: true });
    const { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path = '', ...env } = server.env;
    expect(env).not.toHaveProperty('AWS_CONTAINER_AUTHORIZATION_TOKEN');
    const token = readFileSync(path, 'utf8');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect((await sendRaw(server.url, requestText(server, { token }))).status).toBe(200);
    expect(server.childEnv({})).toMatchObject({ AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: path });
  });

  test('the token in a file is replaced, and who has read the one before is still served', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session, { tokenFile: true });
    const path = server.env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'] ?? '';
    const tokens = [readFileSync(path, 'utf8')];
    for (let turn = 0; turn < 2; turn++) {
      await source.clock.advanceAsync(15 * 60_000);
      tokens.push(readFileSync(path, 'utf8'));
    }
    const statuses: number[] = [];
    for (const token of tokens) statuses.push((await sendRaw(server.url, requestText(server, { token }))).status);
    expect(new Set(tokens).size).toBe(3);
    expect(statuses).toEqual([403, 200, 200]);
    expect(await privateFiles()).toHaveLength(3);
  });
});

describe('childEnv', () => {
  const home = async (config: string | undefined): Promise<NodeJS.ProcessEnv> => {
    await mkdir(join(directory, '.aws'));
    if (config !== undefined) await writeFile(join(directory, '.aws', 'config'), config);
    return { HOME: directory };
  };

  test('removes every variable that contradicts, keeps all others, and touches nothing', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const base = Object.freeze({ ...hostileEnvironment(), PATH: '/bin', AWS_PAGER: '', GONE: undefined });
    const env = server.childEnv(base);
    const { AWS_PROFILE, AWS_CONFIG_FILE } = env;
    expect(env).toEqual({
      PATH: '/bin',
      AWS_PAGER: '',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: server.url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: tokenOf(server),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_CONFIG_FILE,
      AWS_PROFILE,
    });
    expect(CONFLICTING_VARIABLES).toContain('AWS_PROFILE');
    expect(Object.values(env)).not.toContain('hostile');
  });

  test('is made from process.env by default', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('KEPT', 'yes');
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const env = server.childEnv();
    expect(env).toMatchObject({ KEPT: 'yes', PATH: process.env['PATH'] });
    expect(env).not.toHaveProperty('AWS_ACCESS_KEY_ID');
    expect(process.env['AWS_ACCESS_KEY_ID']).toBe('AKIAIOSFODNN7EXAMPLE');
  });

  test('adds one profile to a copy of the config file, which keeps all others', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const config = '[default]\r\nrole_arn = \xe9\n[profile other]\nregion = us-east-2';
    const env = server.childEnv(await home(config));
    const copy = readFileSync(env['AWS_CONFIG_FILE'] ?? '', 'utf8');
    expect(env['AWS_PROFILE']).toMatch(/^bsm-endpoint-[0-9a-f]{12}$/);
    expect(copy).toBe(`${config}\n[profile ${env['AWS_PROFILE']}]\nregion = eu-west-1\n`);
    expect(readFileSync(join(directory, '.aws', 'config'), 'utf8')).toBe(config);
    // The credentials file is the child's own.
    expect(env).not.toHaveProperty('AWS_SHARED_CREDENTIALS_FILE');
  });

  test('finds the file as the AWS tools do, and writes each content once', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const base = await home('[profile mine]\n');
    const path = join(directory, '.aws', 'config');
    const others = [
      { ...base, AWS_CONFIG_FILE: '~/.aws/config' },
      { AWS_CONFIG_FILE: path },
      { USERPROFILE: directory },
    ];
    const files = [base, ...others].map((each) => server.childEnv(each)['AWS_CONFIG_FILE']);
    expect(new Set(files).size).toBe(1);
    expect(readFileSync(files[0] ?? '', 'utf8')).toContain('[profile mine]');
  });

  test.each([
    ['an absent file', 'absent'],
    ['a directory', '.aws'],
    ['a file beneath a file', '.aws/config/x'],
    ['the null device', '/dev/null'],
  ])('%s counts as an empty one', async (_, path) => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const base = await home('[profile mine]\n');
    const file = path.startsWith('/') ? path : join(directory, path);
    const env = server.childEnv({ ...base, AWS_CONFIG_FILE: file });
    expect(readFileSync(env['AWS_CONFIG_FILE'] ?? '', 'utf8')).toBe(
      `\n[profile ${env['AWS_PROFILE']}]\nregion = eu-west-1\n`,
    );
  });

  test('a file that cannot be read is an error that names it', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const path = join(directory, 'loop');
    await symlink(path, path);
    expect(() => server.childEnv({ AWS_CONFIG_FILE: path })).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_CONFIG_INVALID', details: { path } }),
    );
  });
});

describe('add', () => {
  test('gives each child a path and a token that open nothing else', async () => {
    using one = literalSession('ONE');
    using two = literalSession('TWO', { region: 'eu-west-2' });
    await using server = await serveCredentials(one, { name: 'main' });
    const added = server.add(two, { name: 'twin' });
    const again = server.add(two, { name: 'twin' });
    const all = [server, added, again];
    expect(all.map(({ url }) => new URL(url).pathname)).toEqual(['/1/main', '/2/twin', '/3/twin']);
    expect(new Set(all.map(tokenOf)).size).toBe(3);
    const table: string[] = [];
    for (const { url } of all) {
      for (const owner of all) {
        const { status, body } = await sendRaw(url, requestText(owner, { path: new URL(url).pathname }));
        table.push(status === 200 ? (JSON.parse(body) as { AccessKeyId: string }).AccessKeyId : String(status));
      }
    }
    expect(table).toEqual(['ONE', '403', '403', '403', 'TWO', '403', '403', '403', 'TWO']);
    expect(added.env['AWS_REGION']).toBe('eu-west-2');
    expect(added.childEnv({})['AWS_PROFILE']).not.toBe(again.childEnv({})['AWS_PROFILE']);
  });

  test('revoke ends one child and no other', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const [first, second] = [server.add(session), server.add(session)];
    first.revoke();
    first.revoke();
    expect(await Promise.all([server, first, second].map(keyServed))).toEqual(['AK', '403', 'AK']);
    expect(() => first.childEnv({})).toThrow(expect.objectContaining({ code: 'ERR_BSM_CREDENTIAL_SERVER_CLOSED' }));
    expect(second.childEnv({})).toHaveProperty('AWS_PROFILE');
  });

  test('revoke removes the token file of its child', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session, { tokenFile: true });
    const child = server.add(session);
    child.revoke();
    const files = [server, child].map(({ env }) => env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'] ?? '');
    expect(files.map(existsSync)).toEqual([true, false]);
  });

  test('a child that is revoked while it waits is refused', async () => {
    using main = literalSession('AK');
    using source = createServedSource();
    const gate = createGate();
    source.behave = async () => {
      await gate;
      return source.fresh();
    };
    await using server = await serveCredentials(main);
    const child = server.add(source.session);
    const { answer } = await beginRequest(child, server);
    child.revoke();
    gate.open();
    expect((await answer).status).toBe(403);
    await child.ready;
  });

  test('knows the region of a session that finds it later, when ready', async () => {
    using main = literalSession('AK');
    const gate = createGate();
    const region = async (): Promise<string> => {
      await gate;
      return 'eu-south-1';
    };
    using session = literalSession('LATER', { region });
    await using server = await serveCredentials(main);
    const child = server.add(session);
    expect(child.env).not.toHaveProperty('AWS_REGION');
    gate.open();
    await child.ready;
    expect(child.env).toMatchObject({ AWS_REGION: 'eu-south-1', AWS_DEFAULT_REGION: 'eu-south-1' });
  });

  test('ready says why a session has no credentials; who does not ask is not disturbed', async () => {
    using main = literalSession('AK');
    using source = createServedSource();
    source.behave = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await using server = await serveCredentials(main);
    const child = server.add(source.session);
    const { status, json } = await ask(child);
    expect([status, json['Code']]).toEqual([503, 'ERR_BSM_ACCESS_DENIED']);
    await expect(child.ready).rejects.toMatchObject({ code: 'ERR_BSM_ACCESS_DENIED' });
    expect(await keyServed(server)).toBe('AK');
  });

  test('takes the configuration of a client for a session', async () => {
    const config = { credentials: { accessKeyId: 'AK', secretAccessKey: 'S' }, region: 'us-west-2' };
    await using server = await serveCredentials(config);
    expect(await keyServed(server.add(config))).toBe('AK');
    expect(server.env['AWS_REGION']).toBe('us-west-2');
  });
});

describe('its life', () => {
  const refused = async (server: CredentialServer): Promise<void> => {
    expect((await sendRaw(server.url, 'GET / HTTP/1.1\r\n\r\n')).text).toBe('');
  };

  test('close ends it with its files, children and timers, and not the session', async () => {
    using source = createServedSource();
    const server = await serveCredentials(source.session, { tokenFile: true });
    const child = server.add(source.session);
    await child.ready;
    const config = server.childEnv({ HOME: directory })['AWS_CONFIG_FILE'] ?? '';
    expect(existsSync(config)).toBe(true);
    await Promise.all([server.close(), server.close()]);
    await settle();
    expect(await privateFiles()).toEqual([]);
    expect(source.clock.pendingTimers).toBe(0);
    await refused(server);
    child.revoke();
    await server.close();
    for (const late of [() => server.add(source.session), () => server.childEnv({}), () => child.childEnv({})]) {
      expect(late).toThrow(expect.objectContaining({ code: 'ERR_BSM_CREDENTIAL_SERVER_CLOSED' }));
    }
    expect((await source.session.credentials()).accessKeyId).toBe('KEY-1');
  });

  test('close cuts a request under way', async () => {
    using main = literalSession('AK');
    using source = createServedSource();
    const gate = createGate();
    source.behave = async () => {
      await gate;
      return source.fresh();
    };
    const server = await serveCredentials(main);
    const child = server.add(source.session);
    const { answer } = await beginRequest(child, server);
    await server.close();
    expect((await answer).text).toBe('');
    gate.open();
    await child.ready;
  });

  test('ends with its scope', async () => {
    using session = literalSession('AK');
    let url = '';
    {
      await using server = await serveCredentials(session);
      url = server.url;
      expect(await keyServed(server)).toBe('AK');
    }
    expect((await sendRaw(url, 'GET / HTTP/1.1\r\n\r\n')).text).toBe('');
    expect(await privateFiles()).toEqual([]);
  });

  test('the private files are for this user only, whatever the umask', async () => {
    using session = literalSession('AK');
    const before = process.umask(0o777);
    try {
      await using server = await serveCredentials(session, { tokenFile: true });
      const { AWS_CONFIG_FILE: config = '' } = server.childEnv({ HOME: directory });
      const { AWS_CONFIG_FILE: empty = '', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token = '' } = server.env;
      const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
      expect([config, empty, token].map(mode)).toEqual(['600', '600', '600']);
      expect(mode(dirname(config))).toBe('700');
    } finally {
      process.umask(before);
    }
  });

  test('twenty at once warn of nothing and leave no listener', async () => {
    using session = literalSession('AK');
    const before = process.listenerCount('exit');
    const servers = await Promise.all(Array.from({ length: 20 }, () => serveCredentials(session)));
    expect(process.listenerCount('exit')).toBe(before + 1);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(20);
    await Promise.all(servers.map(({ close }) => close()));
    expect(process.listenerCount('exit')).toBe(before);
  });

  test('no printing shows a token', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const child = server.add(session);
    for (const endpoint of [server, child]) {
      const shown = [
        JSON.stringify(endpoint),
        JSON.stringify({ ...endpoint }),
        inspect(endpoint, { depth: null, getters: true }),
      ].join('\n');
      expect(shown).toContain(endpoint.url);
      expect(shown).not.toContain(tokenOf(endpoint));
    }
  });
});

describe('what cannot start', () => {
  test.each([
    [
      'the source denies',
      () => Promise.reject(Object.assign(new Error('x'), { name: 'AccessDenied' })),
      'ACCESS_DENIED',
    ],
    ['the source fails', () => Promise.reject(new Error('x')), 'REFRESH_FAILED'],
    ['credentials have ended', () => ({ ...createServedSource().fresh(-1) }), 'CREDENTIALS_EXPIRED'],
    ['credentials are none', () => undefined, 'CREDENTIALS_INVALID'],
  ])('is rejected with the reason and leaves nothing: %s', async (_, behave, code) => {
    using source = createServedSource();
    source.behave = behave;
    await expect(serveCredentials(source.session)).rejects.toMatchObject({ code: `ERR_BSM_${code}` });
    expect(await privateFiles()).toEqual([]);
    expect(source.clock.pendingTimers).toBe(0);
  });

  test('a session that serves expired credentials does not start one with them', async () => {
    using source = createServedSource({ refresh: { serveExpired: 'while-refresh-fails' } });
    await source.session.credentials();
    source.clock.advance(3_600_000);
    source.behave = () => Promise.reject(new Error('down'));
    await expect(serveCredentials(source.session)).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
  });

  test('a closed session is refused', async () => {
    const session = literalSession('AK');
    session.close();
    await expect(serveCredentials(session)).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });

  test('a region that fails for another reason than being absent is the rejection, and nothing is left', async () => {
    using source = createServedSource({ region: () => Promise.reject(new TypeError('of the function')) });
    await expect(serveCredentials(source.session)).rejects.toThrow('of the function');
    expect(await privateFiles()).toEqual([]);
    expect(source.clock.pendingTimers).toBe(0);
  });

  test('a missing directory for temporary files is named', async () => {
    vi.stubEnv('TMPDIR', join(directory, 'absent'));
    using session = literalSession('AK');
    await expect(serveCredentials(session)).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIAL_SERVER_FAILED' });
  });

  test('an abort ends the wait with its reason, before and meanwhile', async () => {
    using source = createServedSource();
    const asked = createGate();
    source.behave = () => {
      asked.open();
      return new Promise(() => {});
    };
    const reason = new Error('enough');
    await expect(serveCredentials(source.session, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(source.calls).toBe(0);
    const controller = new AbortController();
    const served = serveCredentials(source.session, { signal: controller.signal });
    await asked;
    controller.abort(reason);
    await expect(served).rejects.toBe(reason);
    expect(await privateFiles()).toEqual([]);
  });

  test.each<[string, unknown, unknown]>([
    ['source', undefined, undefined],
    ['source', null, undefined],
    ['source', {}, undefined],
    ['source', 'session', undefined],
    ['options', {}, null],
    ['options', {}, 'file'],
    ['options', {}, []],
    ['port', {}, { port: 80 }],
    ['name', {}, { name: '' }],
    ['name', {}, { name: '../x' }],
    ['name', {}, { name: '..' }],
    ['name', {}, { name: 'a b' }],
    ['name', {}, { name: 'x'.repeat(65) }],
    ['name', {}, { name: 7 }],
    ['tokenFile', {}, { tokenFile: 'yes' }],
    ['maxConnections', {}, { maxConnections: 0 }],
    ['maxConnections', {}, { maxConnections: 1.5 }],
    ['maxConnections', {}, { maxConnections: Infinity }],
    ['signal', {}, { signal: {} }],
  ])('a wrong %s is refused by name: %o, %o', async (option, source, options) => {
    await expect(serveCredentials(source as never, options as never)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option },
    });
  });

  test.each<[string, unknown[]]>([
    ['source', [undefined]],
    ['options', [undefined, null]],
    ['names', [undefined, { names: 'a' }]],
    ['name', [undefined, { name: '/' }]],
  ])('add refuses a wrong %s by name', async (option, args) => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    expect(() => server.add(...(args as [never]))).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });

  test.each([[null], ['x'], [[]], [{ PATH: 7 }]])(
    'childEnv refuses a base that is no environment: %o',
    async (base) => {
      using session = literalSession('AK');
      await using server = await serveCredentials(session);
      expect(() => server.childEnv(base as never)).toThrow(
        expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'base' } }),
      );
    },
  );
});
