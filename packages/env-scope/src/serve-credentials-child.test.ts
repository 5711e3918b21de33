import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSession, type Session } from '@bsm/core-cache';
import { type FakeAws, type FakeUser, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bundledProgram } from './fixtures/bundled-program.js';
import { literalSession } from './fixtures/literal-session.js';
import { hostileEnvironment } from './fixtures/process-env.js';
import { serveCredentials } from './index.js';

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL('..', import.meta.url));

let aws: FakeAws;
let alice: FakeUser;
let mallory: FakeUser;
let session: Session;
let home: string;

beforeEach(async () => {
  aws = await startFakeAws();
  alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  mallory = aws.addUser({ accountId: '444455556666', userName: 'mallory' });
  const { credentials, endpoint } = aws.clientConfig(alice);
  session = createSession({ credentials, region: 'eu-west-1', clientDefaults: { endpoint } });
  home = await mkdtemp(join(tmpdir(), 'bsm-home-'));
});

afterEach(async () => {
  session.close();
  await aws.close();
  await rm(home, { recursive: true, force: true });
});

const profile = (header: string, { accessKeyId, secretAccessKey }: FakeUser): string =>
  [
    header,
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    'region = us-west-2',
    '',
  ].join('\n');

/** Everything that could lead a child to another identity: variables, and both shared files. */
async function hostileBase(): Promise<NodeJS.ProcessEnv> {
  await mkdir(join(home, '.aws'));
  const other = aws.addUser({ accountId: '444455556666', userName: 'other' });
  await writeFile(join(home, '.aws', 'credentials'), profile('[default]', mallory) + profile('[other]', other));
  await writeFile(join(home, '.aws', 'config'), profile('[default]', mallory) + profile('[profile in-config]', other));
  return { ...hostileEnvironment(), HOME: home, PATH: process.env['PATH'] };
}

const WHO = `
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = new STSClient(JSON.parse(process.argv[1]));
  const { Arn } = await client.send(new GetCallerIdentityCommand({}));
  console.log(Arn, await client.config.region());
`;

/** Who a program is that makes a client of the SDK with this configuration. */
async function whoIs(env: NodeJS.ProcessEnv, config: object = {}): Promise<string> {
  const args = ['--input-type=module', '-e', WHO, JSON.stringify(config)];
  const { stdout } = await run(process.execPath, args, {
    cwd: PACKAGE,
    env: { ...env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  return stdout.trim();
}

test('a child is the session, whatever its environment and the shared files say', async () => {
  await using server = await serveCredentials(session);
  expect(await whoIs(server.childEnv(await hostileBase()))).toBe(`${alice.arn} eu-west-1`);
});

test.each(['other', 'in-config'])('a child may still name the profile %s', async (name) => {
  await using server = await serveCredentials(session);
  const env = server.childEnv(await hostileBase());
  expect(await whoIs(env, { profile: name })).toBe('arn:aws:iam::444455556666:user/other eu-west-1');
});

test('a session that a child makes finds the endpoint, and renews from it', async () => {
  await using server = await serveCredentials(session);
  const env = server.childEnv(await hostileBase());
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  using inChild = createSession();
  const { accessKeyId, expiration } = await inChild.credentials();
  expect([accessKeyId, await inChild.region()]).toEqual([alice.accessKeyId, 'eu-west-1']);
  expect(expiration?.getTime()).toBeGreaterThan(Date.now());
  expect((await inChild.credentials.refresh()).accessKeyId).toBe(alice.accessKeyId);
});

test('env alone is enough where nothing contradicts it', async () => {
  await using server = await serveCredentials(session, { tokenFile: true });
  const { PATH, HOME } = await hostileBase();
  expect(await whoIs({ PATH, HOME, ...server.env })).toBe(`${alice.arn} eu-west-1`);
});

test('a parent that blocks cannot answer; one that waits without blocking can', async () => {
  const literal = literalSession('AK');
  await using server = await serveCredentials(literal);
  const code = `
    const timer = setTimeout(() => { console.log('no answer'); process.exit(); }, 1_000);
    const { AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN: Authorization } = process.env;
    const headers = { Authorization };
    require('node:http').get(url, { headers }, (response) => {
      console.log(response.statusCode);
      clearTimeout(timer);
      response.resume();
    });
  `;
  const env = server.childEnv({ PATH: process.env['PATH'] });
  expect(spawnSync(process.execPath, ['-e', code], { env, encoding: 'utf8' }).stdout).toBe('no answer\n');
  expect((await run(process.execPath, ['-e', code], { env })).stdout).toBe('200\n');
});

test('a process that serves ends by itself, and takes its private files along', async () => {
  const files = join(home, 'files');
  await mkdir(files);
  await using program = await bundledProgram(`
    import { readdirSync } from 'node:fs';
    import { createSession } from '@bsm/core-cache';
    import { serveCredentials } from './serve-credentials.js';
    const credentials = { accessKeyId: 'AK', secretAccessKey: 'S' };
    const session = createSession({ credentials, region: 'eu-west-1' });
    const server = await serveCredentials(session, { tokenFile: true });
    server.add(session).childEnv({});
    console.log(readdirSync(process.env.TMPDIR, { recursive: true }).length);
  `);
  const { stdout, stderr } = await run(process.execPath, [program.file], { env: { TMPDIR: files }, timeout: 15_000 });
  expect([stdout, stderr]).toEqual(['5\n', '']);
  expect(existsSync(files)).toBe(true);
  expect(await readdir(files)).toEqual([]);
});
