import { readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSession } from '@bsm/core-cache';
import { describe, expect, test, vi } from 'vitest';
import { requestText, sendRaw, tokenOf } from './fixtures/ask-endpoint.js';
import { literalSession } from './fixtures/literal-session.js';
import { hostileEnvironment } from './fixtures/process-env.js';
import { createServedSource } from './fixtures/served-source.js';
import { useTemporaryDirectory } from './fixtures/temporary-directory.js';
import { CONFLICTING_VARIABLES, serveCredentials } from './index.js';

const temporary = useTemporaryDirectory();

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
    expect(await temporary.files()).toHaveLength(3);
  });
});

describe('childEnv', () => {
  const home = async (config: string | undefined): Promise<NodeJS.ProcessEnv> => {
    await mkdir(join(temporary.path, '.aws'));
    if (config !== undefined) await writeFile(join(temporary.path, '.aws', 'config'), config);
    return { HOME: temporary.path };
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
    expect(readFileSync(join(temporary.path, '.aws', 'config'), 'utf8')).toBe(config);
    // The credentials file is the child's own.
    expect(env).not.toHaveProperty('AWS_SHARED_CREDENTIALS_FILE');
  });

  test('finds the file as the AWS tools do, and writes each content once', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const base = await home('[profile mine]\n');
    const path = join(temporary.path, '.aws', 'config');
    const others = [
      { ...base, AWS_CONFIG_FILE: '~/.aws/config' },
      { AWS_CONFIG_FILE: path },
      { USERPROFILE: temporary.path },
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
    const file = path.startsWith('/') ? path : join(temporary.path, path);
    const env = server.childEnv({ ...base, AWS_CONFIG_FILE: file });
    expect(readFileSync(env['AWS_CONFIG_FILE'] ?? '', 'utf8')).toBe(
      `\n[profile ${env['AWS_PROFILE']}]\nregion = eu-west-1\n`,
    );
  });

  test('a file that cannot be read is an error that names it', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const path = join(temporary.path, 'loop');
    await symlink(path, path);
    expect(() => server.childEnv({ AWS_CONFIG_FILE: path })).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_CONFIG_INVALID', details: { path } }),
    );
  });
});
