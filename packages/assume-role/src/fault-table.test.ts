import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { type Clock, createSession, type Session } from '@bsm/core-cache';
import { type FakeAws, type FakeRole, type FakeUser, startFakeAws } from '@bsm/testing';
import { build, stop } from 'esbuild';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AssumeRoleOptions, assumeRole } from './index.js';

const MINUTE = 60_000;
const listBuckets = new ListBucketsCommand({});

let aws: FakeAws;
let alice: FakeUser;
let role: FakeRole;

beforeEach(async () => {
  aws = await startFakeAws();
  alice = aws.addUser({ accountId: '111122223333', userName: 'alice', mfaSerial: true });
  role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });
});

afterEach(() => aws.close());
afterAll(() => stop());

/** A session of the role on a machine with this clock. */
function roleSession(clock: Clock = aws.clock, options: Partial<AssumeRoleOptions> = {}): Session {
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  const source = createSession({ credentials, region, clock, clientDefaults: { endpoint } });
  return assumeRole(source, { roleArn: role.arn, ...options });
}

/** What the services answered, in order. */
function outcomes(operation: string): (string | number | undefined)[] {
  return aws.requests.filter((one) => one.operation === operation).map((one) => one.errorCode ?? one.status);
}

describe('time, as sessions of roles live through it', () => {
  it.each([20 * MINUTE, -20 * MINUTE])(
    'rows 18 and 19: signatures by a clock that is %d ms off are put right once for each client',
    async (ms) => {
      aws.fault({ kind: 'skew', ms });
      using session = roleSession();
      const s3 = session.client(S3Client);
      await s3.send(listBuckets);
      aws.clock.advance(60 * MINUTE);
      await s3.send(listBuckets);
      const refused = expect.stringMatching(/^(SignatureDoesNotMatch|RequestTimeTooSkewed|RequestExpired)$/);
      expect(outcomes('AssumeRole')).toEqual([refused, 200, 200]);
      expect(outcomes('ListBuckets')).toEqual([refused, 200, 200]);
      s3.destroy();
    },
  );

  it('row 18: a local clock 10 minutes ahead renews early, and serves nothing that has ended', async () => {
    using session = roleSession({ ...aws.clock, now: () => aws.clock.now() + 10 * MINUTE });
    let renewed = Promise.resolve();
    let end = (): void => {};
    session.subscribe(({ type }) => {
      if (type !== 'refresh.start') return end();
      renewed = new Promise((resolve) => {
        end = resolve;
      });
    });
    const s3 = session.client(S3Client);
    for (let minute = 0; minute < 120; minute += 5) {
      await s3.send(listBuckets);
      // The clock must not run away from what is renewed in the background.
      await renewed;
      await aws.clock.advanceAsync(5 * MINUTE);
    }
    expect(new Set(outcomes('ListBuckets'))).toEqual(new Set([200]));
    expect(aws.count('AssumeRole')).toBeLessThanOrEqual(4);
    s3.destroy();
  });

  it('row 19: a local clock 10 minutes behind: one rejected request, one refresh, one retry', async () => {
    using session = roleSession({ ...aws.clock, now: () => aws.clock.now() - 10 * MINUTE });
    const s3 = session.client(S3Client);
    await s3.send(listBuckets);
    aws.clock.advance(60 * MINUTE);
    await s3.send(listBuckets);
    expect(outcomes('ListBuckets')).toEqual([200, 'ExpiredToken', 200]);
    expect(outcomes('AssumeRole')).toEqual([200, 200]);
    s3.destroy();
  });

  it('row 20: a local clock that is set back 2 hours lengthens no life', async () => {
    let offset = 0;
    using session = roleSession({ ...aws.clock, now: () => aws.clock.now() + offset });
    const s3 = session.client(S3Client);
    await s3.send(listBuckets);
    offset = -120 * MINUTE;
    aws.clock.advance(60 * MINUTE);
    await s3.send(listBuckets);
    expect(outcomes('ListBuckets')).toEqual([200, 200]);
    expect(outcomes('AssumeRole')).toEqual([200, 200]);
    s3.destroy();
  });

  it('row 21: after a sleep of 8 hours all callers wait for one refresh', async () => {
    using session = roleSession(aws.clock, { refresh: { eager: true } });
    const s3 = session.client(S3Client);
    await s3.send(listBuckets);
    aws.clock.set(aws.clock.now() + 8 * 60 * MINUTE);
    await Promise.all(Array.from({ length: 10 }, () => s3.send(listBuckets)));
    await aws.clock.advanceAsync(1_000);
    expect(new Set(outcomes('ListBuckets'))).toEqual(new Set([200]));
    expect(outcomes('AssumeRole')).toEqual([200, 200]);
    s3.destroy();
  });

  it('row 22: 20 requests whose credentials ended by the clock of AWS all succeed, with one refresh', async () => {
    const now = aws.clock.now();
    using session = roleSession({ now: () => now });
    const s3 = session.client(S3Client);
    await s3.send(listBuckets);
    aws.clock.advance(60 * MINUTE);
    const answers = await Promise.all(Array.from({ length: 20 }, () => s3.send(listBuckets)));
    expect(answers.every(({ $metadata }) => $metadata.httpStatusCode === 200)).toBe(true);
    expect(outcomes('ListBuckets')).toContain('ExpiredToken');
    expect(outcomes('AssumeRole')).toEqual([200, 200]);
    s3.destroy();
  });
});

describe('Lambda', () => {
  it('asks for nothing before there is work, and has nothing under way when the process is frozen', async () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'worker');
    using session = roleSession(aws.clock, { refresh: { eager: true } });
    await aws.clock.advanceAsync(MINUTE);
    expect(aws.requests).toHaveLength(0);
    const first = await session.credentials();
    // The process is frozen between two invocations, and thawed in the advisory window.
    aws.clock.set(aws.clock.now() + 50 * MINUTE);
    const second = await session.credentials();
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(aws.count('AssumeRole')).toBe(2);
    expect(aws.clock.pendingTimers).toBe(0);
  });
});

describe('a program with an eager session', () => {
  it('row 30: ends by itself when its work is done', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bsm-eager-'));
    const file = join(folder, 'program.cjs');
    await bundle(PROGRAM, file);
    const { credentials, region, endpoint } = aws.clientConfig(alice);
    const input = JSON.stringify({ credentials, region, endpoint, roleArn: role.arn });
    // A timer or a socket that held it open would get it killed.
    const { stdout } = await promisify(execFile)(process.execPath, [file, input], { timeout: 15_000 });
    await rm(folder, { recursive: true });
    expect(stdout).toBe('buckets 0\n');
    expect(outcomes('AssumeRole')).toEqual([200]);
  });
});

describe('MFA', () => {
  it('row 36: two roles of one device never send the same code', async () => {
    const others = ['audit', 'billing'].map((roleName) =>
      aws.addRole({ accountId: '123456789012', roleName, trust: { principals: alice.arn, mfa: true } }),
    );
    const { credentials, region, endpoint } = aws.clientConfig(alice);
    using source = createSession({ credentials, region, clock: aws.clock, clientDefaults: { endpoint } });
    let asked = 0;
    const token = (): string => {
      asked++;
      return alice.mfaDevice!.code();
    };
    const mfa = { serialNumber: alice.mfaDevice!.serialNumber, token };
    const ready = Promise.all(others.map(({ arn }) => assumeRole(source, { roleArn: arn, mfa }).credentials()));
    while (asked < 2) await new Promise((resolve) => setImmediate(resolve));
    await aws.clock.advanceAsync(30_000);
    await ready;
    expect(outcomes('AssumeRole')).toEqual([200, 200]);
  });
});

const PROGRAM = `
  import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
  import { assumeRole, createSession } from './index.js';
  const { credentials, region, endpoint, roleArn } = JSON.parse(process.argv[2]);
  const source = createSession({ credentials, region, clientDefaults: { endpoint } });
  const session = assumeRole(source, { roleArn, refresh: { eager: true } });
  session.client(S3Client).send(new ListBucketsCommand({})).then(
    ({ Buckets }) => console.log('buckets', (Buckets ?? []).length),
  );
`;

/** Bundles a program with all that it imports, so that it runs anywhere. */
async function bundle(contents: string, outfile: string): Promise<void> {
  const source = (name: string): string => fileURLToPath(new URL(`../../${name}/src/index.ts`, import.meta.url));
  await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'js' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    alias: { '@bsm/core-cache': source('core-cache'), '@bsm/masking': source('masking') },
    external: ['@aws-sdk/credential-providers'],
    logLevel: 'silent',
  });
}
