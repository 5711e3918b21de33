import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { comingFrom as fromAssumeRoleLib } from '../coming-from/aws-assume-role-lib.js';
import { comingFrom as fromWhoAmI } from '../coming-from/aws-whoami.js';
import { comingFrom as fromBotoSessionManager } from '../coming-from/boto-session-manager.js';
import { comingFrom as fromRefreshSession } from '../coming-from/boto3-refresh-session.js';
import { comingFrom as fromTemporaryCredentials } from '../coming-from/from-temporary-credentials.js';
import { COMING_FROM, formatComingFrom, ORIGINS, readMoves } from './fixtures/coming-from-tables.js';
import { setDefaultSession } from './index.js';

const home = (relative: string): string => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const readProgram = (file: string): string => readFileSync(home(`coming-from/${file}`), 'utf8');

describe('the tables of the README', () => {
  test('are what the programs are, line by line', () => {
    const shown = COMING_FROM.exec(readFileSync(home('README.md'), 'utf8'))?.[0];
    // `node scripts/write-coming-from.ts` writes them.
    expect(shown).toBe(formatComingFrom(readProgram));
  });

  test.each(ORIGINS)('leave out no line of $library', ({ file }) => {
    const program = readProgram(file);
    const comments = program.split('\n').filter((line) => /^\s+\/\/ /.test(line));
    expect(readMoves(program)).toHaveLength(comments.length);
    expect(comments.length).toBeGreaterThan(5);
  });
});

describe('the programs run', () => {
  let aws: FakeAws;
  let roleArn: string;
  let mfaSerial: string;
  let folder: string;

  beforeEach(async () => {
    aws = await startFakeAws({ realTime: true, accounts: [{ accountId: '123456789012', buckets: ['site'] }] });
    const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
    mfaSerial = aws.addMfaDevice(alice).serialNumber;
    roleArn = aws.addRole({ accountId: '123456789012', roleName: 'deploy', path: '/ci/', trust: alice.arn }).arn;
    const { credentials, region } = aws.clientConfig(alice);
    folder = await mkdtemp(join(tmpdir(), 'bsm-coming-from-'));
    const keys = [
      `aws_access_key_id = ${credentials.accessKeyId}`,
      `aws_secret_access_key = ${credentials.secretAccessKey}`,
      `region = ${region}`,
    ];
    await writeFile(join(folder, 'config'), ['[default]', ...keys, '[profile dev]', ...keys].join('\n'));
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
    vi.stubEnv('PATH', `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`);
  });

  afterEach(async () => {
    setDefaultSession(undefined);
    vi.restoreAllMocks();
    await aws.close();
    await rm(folder, { recursive: true });
  });

  it('of boto_session_manager', async () => {
    const child = join(folder, 'child.mjs');
    await writeFile(child, 'process.exitCode = process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI ? 0 : 1;');
    const written = await outputOf(() =>
      fromBotoSessionManager({
        roleArn,
        mfaSerial,
        endpoint: aws.endpoint,
        keyId: 'ASIAIOSFODNN7EXAMPLE',
        secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
        token: 'token',
        child,
      }),
    );
    expect(written).toContain('AWS Account Id = 11********33');
    expect(written).toContain('AWS Account Id = 111122223333');
    expect(aws.count('ListBuckets')).toBe(1);
    expect(aws.count('AssumeRole')).toBe(1);
  });

  it('of boto3-refresh-session', async () => {
    const looks = await fromRefreshSession({
      roleArn,
      mfaSerial,
      askForCode: () => '123456',
      fetchCredentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'key' }),
      // Nothing is asked of it, so nothing is read.
      device: {
        endpoint: 'c1.credentials.iot.eu-west-1.amazonaws.com',
        certificate: '/device/cert.pem',
        privateKey: '/device/key.pem',
        ca: '/device/ca.pem',
      },
    });
    expect(looks).toBeGreaterThan(0);
    // The eager one asks by itself.
    expect(aws.count('AssumeRole')).toBeGreaterThanOrEqual(1);
  });

  it('of aws-assume-role-lib', async () => {
    const [deploy, arn, name, env, json, parentRegion] = await fromAssumeRoleLib({ accountId: '123456789012' });
    expect(deploy).toBe(roleArn);
    expect(arn).toBe('arn:aws:sts::123456789012:assumed-role/deploy/me');
    expect(name).toBe('resize.7');
    expect(env).toMatch(/^export AWS_ACCESS_KEY_ID=/m);
    expect(JSON.parse(json ?? '')).toMatchObject({ Version: 1, AccessKeyId: expect.any(String) });
    expect(parentRegion).toBe('us-east-1');
  });

  it('of aws-whoami', async () => {
    let told: readonly string[] = [];
    const written = await outputOf(async () => {
      told = await fromWhoAmI();
    });
    expect(told.slice(0, 4)).toEqual(['111122223333', 'arn:aws:iam::111122223333:user/alice', 'user', 'alice']);
    expect(written).toMatch(/^Account: +111122223333$/m);
  });

  it('of fromTemporaryCredentials', async () => {
    const clients = await fromTemporaryCredentials({ roleArn, mfaSerial, askForCode: () => '123456' });
    const identities = await Promise.all(clients.map(({ config }) => config.credentials()));
    expect(identities.map(({ accessKeyId }) => accessKeyId)).toEqual([
      expect.stringMatching(/^ASIA/),
      expect.stringMatching(/^ASIA/),
    ]);
    for (const client of clients) client.destroy();
  });
});

/** What a program writes to standard output. */
async function outputOf(program: () => Promise<unknown>): Promise<string> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done) => {
    output += String(text);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  });
  await program().finally(() => vi.restoreAllMocks());
  return output;
}
