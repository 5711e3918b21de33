import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type FakeAws, type FakeRole, type FakeUser, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AwsHome, createAwsHome } from './fixtures/aws-home.js';
import { startJsonServer } from './fixtures/json-server.js';
import { createSession, type MfaTokenProvider, type Session, type SessionOptions } from './index.js';

const LIFETIME_MS = 3_600_000;

let home: AwsHome;
let aws: FakeAws;

beforeEach(async () => {
  home = await createAwsHome();
  aws = await startFakeAws();
});

afterEach(async () => {
  await aws.close();
  await home[Symbol.asyncDispose]();
});

/** The session of a profile on the fake's clock. The file provider of the SDK signs by real time, as the fake judges. */
function profileSession(options: SessionOptions): Session {
  return createSession({
    region: 'eu-west-1',
    clientDefaults: { endpoint: aws.endpoint },
    clock: aws.clock,
    ...options,
  });
}

/** The keys of a user, as lines of a profile. */
function keyLines({ accessKeyId, secretAccessKey }: FakeUser): string[] {
  return [`aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`];
}

describe('a profile with role, source profile and MFA', () => {
  let alice: FakeUser;
  let role: FakeRole;
  let asked: number;
  let mfaToken: MfaTokenProvider;

  beforeEach(async () => {
    alice = aws.addUser({ accountId: '111122223333', userName: 'alice', mfaSerial: true });
    role = aws.addRole({
      accountId: '444455556666',
      roleName: 'deploy',
      trust: { principals: alice.arn, externalId: 'ticket-7', mfa: true },
    });
    await home.writeCredentials('[alice]', ...keyLines(alice));
    await home.writeConfig(
      '[profile deploy]',
      `role_arn = ${role.arn}`,
      'source_profile = alice',
      'external_id = ticket-7',
      `mfa_serial = ${alice.mfaDevice?.serialNumber}`,
    );
    asked = 0;
    mfaToken = () => {
      asked++;
      return alice.mfaDevice?.code() ?? '';
    };
  });

  test('50 clients, two expiries: one AssumeRole and one code per lifetime', async () => {
    using session = profileSession({ profile: 'deploy', mfaToken });
    const clients = Array.from({ length: 50 }, (_, index) => session.client(S3Client, { maxAttempts: index + 1 }));
    for (let lifetimes = 1; lifetimes <= 3; lifetimes++) {
      await Promise.all(clients.map((client) => client.send(new ListBucketsCommand({}))));
      expect([aws.count('AssumeRole'), asked]).toEqual([lifetimes, lifetimes]);
      aws.clock.advance(LIFETIME_MS);
    }
    expect(aws.requests.every(({ status }) => status === 200)).toBe(true);
    for (const client of clients) client.destroy();
  });

  test('the person is never asked in the background, and has a time of their own', async () => {
    let answer: (code: string) => void = () => {};
    const slow: MfaTokenProvider = () => {
      asked++;
      return asked === 1 ? (alice.mfaDevice?.code() ?? '') : new Promise((resolve) => (answer = resolve));
    };
    using session = profileSession({ profile: 'deploy', mfaToken: slow });
    const { accessKeyId } = await session.credentials();
    await aws.clock.advanceAsync(LIFETIME_MS - 61_000);
    expect((await session.credentials()).accessKeyId).toBe(accessKeyId);
    await aws.clock.advanceAsync(0);
    expect(asked).toBe(1);

    await aws.clock.advanceAsync(61_000);
    const waiting = [session.credentials(), session.credentials()];
    while (asked < 2) await new Promise((resolve) => setImmediate(resolve));
    await aws.clock.advanceAsync(119_000);
    answer(alice.mfaDevice?.code() ?? '');
    const [one, other] = await Promise.all(waiting);
    expect(one).toBe(other);
    expect([aws.count('AssumeRole'), asked]).toEqual([2, 2]);
  });

  test('row 36: a refresh within the 30 seconds of a code waits for the next one of the device', async () => {
    aws.clock.set(Math.ceil(aws.clock.now() / 30_000) * 30_000);
    using session = profileSession({ profile: 'deploy', mfaToken });
    await session.credentials();
    aws.clock.advance(10_000);
    const refreshed = session.credentials.refresh();
    while (asked < 2) await new Promise((resolve) => setImmediate(resolve));
    await aws.clock.advanceAsync(19_999);
    expect([aws.count('AssumeRole'), asked]).toEqual([1, 2]);
    await aws.clock.advanceAsync(1);
    await refreshed;
    expect([aws.count('AssumeRole'), asked]).toEqual([2, 3]);
    expect(aws.clock.pendingTimers).toBe(0);
  });

  test('row 36: two profiles of one device that share a function take turns, and never send the same code', async () => {
    const other = aws.addRole({
      accountId: '123456789012',
      roleName: 'audit',
      trust: { principals: alice.arn, mfa: true },
    });
    await home.writeConfig(
      '[profile deploy]',
      `role_arn = ${role.arn}`,
      'source_profile = alice',
      'external_id = ticket-7',
      `mfa_serial = ${alice.mfaDevice?.serialNumber}`,
      '[profile audit]',
      `role_arn = ${other.arn}`,
      'source_profile = alice',
      `mfa_serial = ${alice.mfaDevice?.serialNumber}`,
    );
    const sessions = ['deploy', 'audit'].map((profile) => profileSession({ profile, mfaToken }));
    const ready = Promise.all(sessions.map((session) => session.credentials()));
    while (asked < 2) await new Promise((resolve) => setImmediate(resolve));
    await aws.clock.advanceAsync(30_000);
    await ready;
    expect(aws.requests.map(({ status }) => status)).toEqual([200, 200]);
    for (const session of sessions) session.close();
  });

  test('three plain clients of the SDK, first use: one code is asked for', async () => {
    using session = profileSession({ profile: 'deploy', mfaToken });
    const config = { ...session.clientConfig, endpoint: aws.endpoint };
    const clients = Array.from({ length: 3 }, () => new STSClient(config));
    const answers = await Promise.all(clients.map((client) => client.send(new GetCallerIdentityCommand({}))));
    expect(new Set(answers.map(({ Account }) => Account))).toEqual(new Set(['444455556666']));
    expect([aws.count('AssumeRole'), asked]).toEqual([1, 1]);
    for (const client of clients) client.destroy();
  });
});

describe('a chain of profiles', () => {
  test('goes through all of its roles, and an error names the one that fails', async () => {
    const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
    const hub = aws.addRole({ accountId: '123456789012', roleName: 'hub', trust: alice.arn });
    const leaf = aws.addRole({ accountId: '444455556666', roleName: 'leaf', trust: hub.arn });
    await home.writeCredentials('[alice]', ...keyLines(alice));
    await home.writeConfig(
      '[profile hub]',
      `role_arn = ${hub.arn}`,
      'source_profile = alice',
      '[profile leaf]',
      `role_arn = ${leaf.arn}`,
      'source_profile = hub',
    );
    using session = profileSession({ profile: 'leaf' });
    await Promise.all([1, 2, 3].map(() => session.credentials()));
    expect(aws.requests.map(({ params }) => params['RoleArn'])).toEqual([hub.arn, leaf.arn]);

    leaf.setTrust('111122223333');
    await expect(session.credentials.refresh()).rejects.toThrow('role/leaf');
    aws.clock.advance(LIFETIME_MS);
    hub.setTrust('444455556666');
    await expect(session.credentials.refresh()).rejects.toThrow('role/hub');
  });

  test('assumes each role at most once in its lifetime, and asks for a code as often', async () => {
    const alice = aws.addUser({ accountId: '111122223333', userName: 'alice', mfaSerial: true });
    const trust = { principals: alice.arn, mfa: true };
    const hub = aws.addRole({ accountId: '123456789012', roleName: 'hub', trust, maxSessionDuration: 43_200 });
    const leaf = aws.addRole({ accountId: '444455556666', roleName: 'leaf', trust: hub.arn });
    await home.writeCredentials('[alice]', ...keyLines(alice));
    await home.writeConfig(
      '[profile hub]',
      `role_arn = ${hub.arn}`,
      'source_profile = alice',
      `mfa_serial = ${alice.mfaDevice?.serialNumber}`,
      'duration_seconds = 14400',
      '[profile leaf]',
      `role_arn = ${leaf.arn}`,
      'source_profile = hub',
    );
    let asked = 0;
    const mfaToken = (): string => {
      asked++;
      return alice.mfaDevice?.code() ?? '';
    };
    using session = profileSession({ profile: 'leaf', mfaToken });
    const calls = (arn: string): number => aws.requests.filter(({ params }) => params['RoleArn'] === arn).length;
    for (const expected of [
      { hub: 1, leaf: 1 },
      { hub: 1, leaf: 2 },
      { hub: 1, leaf: 3 },
      { hub: 1, leaf: 4 },
      { hub: 2, leaf: 5 },
    ]) {
      await Promise.all([session.credentials(), session.credentials()]);
      expect({ hub: calls(hub.arn), leaf: calls(leaf.arn) }).toEqual(expected);
      expect(asked).toBe(expected.hub);
      aws.clock.advance(LIFETIME_MS);
    }
    expect(aws.requests.every(({ status }) => status === 200)).toBe(true);
  });

  test('assumes a role on the way again when its credentials are rejected', async () => {
    const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
    const hub = aws.addRole({ accountId: '123456789012', roleName: 'hub', trust: alice.arn });
    const leaf = aws.addRole({ accountId: '444455556666', roleName: 'leaf', trust: hub.arn });
    await home.writeCredentials('[alice]', ...keyLines(alice));
    const [toHub, toLeaf] = [`role_arn = ${hub.arn}`, `role_arn = ${leaf.arn}`];
    await home.writeConfig(
      '[profile hub]',
      toHub,
      'source_profile = alice',
      '[profile leaf]',
      toLeaf,
      'source_profile = hub',
    );
    using session = profileSession({ profile: 'leaf' });
    await session.credentials();
    const rejected = aws.requests[1]?.accessKeyId;
    aws.fault({
      kind: 'error',
      status: 403,
      code: 'ExpiredToken',
      match: ({ accessKeyId }) => accessKeyId === rejected,
    });
    await session.credentials.refresh();
    expect(aws.requests.map(({ params, status }) => `${params['RoleArn']?.split('/')[1]} ${status}`)).toEqual([
      'hub 200',
      'leaf 200',
      'leaf 403',
      'hub 200',
      'leaf 200',
    ]);
  });

  test('that leads back to itself is an error', async () => {
    const settings = (source: string): string[] => [
      'role_arn = arn:aws:iam::123456789012:role/r',
      `source_profile = ${source}`,
    ];
    await home.writeConfig('[profile a]', ...settings('b'), '[profile b]', ...settings('a'));
    using session = profileSession({ profile: 'a' });
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CONFIG_INVALID', retryable: false });
    await expect(session.credentials()).rejects.toThrow(/profile "a": .*cycle/);
    expect(aws.requests).toHaveLength(0);
  });
});

describe('a profile whose role has a credential_source', () => {
  let machine: FakeRole;

  beforeEach(() => {
    machine = aws.addRole({ accountId: '111122223333', roleName: 'machine' });
  });

  async function writeRole(source: string): Promise<void> {
    const role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: machine.arn });
    const settings = [`role_arn = ${role.arn}`, `credential_source = ${source}`, 'duration_seconds = 1800'];
    await home.writeConfig('[profile deploy]', ...settings);
  }

  async function expectRole(): Promise<void> {
    using session = profileSession({ profile: 'deploy' });
    await Promise.all([1, 2, 3].map(() => session.credentials()));
    expect(session.credentials.expiration?.getTime()).toBe(aws.clock.now() + 1_800_000);
    expect(aws.requests.map(({ region, status }) => [region, status])).toEqual([['eu-west-1', 200]]);
    expect(aws.requests[0]?.principalArn).toContain('assumed-role/machine/');
  }

  test('Environment', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = aws.clientConfig(machine).credentials;
    vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
    vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
    await writeRole('Environment');
    await expectRole();
  });

  /** What a container or an instance is answered by its machine. */
  function machineKeys(): object {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = aws.clientConfig(machine).credentials;
    return {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Token: sessionToken,
      Expiration: expiration?.toISOString(),
    };
  }

  test('EcsContainer', async () => {
    await using container = await startJsonServer(machineKeys);
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', container.url);
    await writeRole('EcsContainer');
    await expectRole();
    expect(container.calls()).toBe(1);
  });

  test('Ec2InstanceMetadata', async () => {
    await using metadata = await startJsonServer((path) => {
      if (path === '/latest/api/token') return 'session-of-metadata';
      return path.endsWith('/security-credentials/') ? 'machine' : machineKeys();
    });
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', metadata.url);
    await writeRole('Ec2InstanceMetadata');
    await expectRole();
    expect(metadata.calls()).toBe(3);
  });

  test.each([
    ['Environment', 'ERR_BSM_CREDENTIALS_NOT_FOUND'],
    ['EcsContainer', 'ERR_BSM_CREDENTIALS_NOT_FOUND'],
    ['Elsewhere', 'ERR_BSM_CONFIG_INVALID'],
  ])('%s, where nothing is, makes no call: %s', async (source, code) => {
    await writeRole(source);
    using session = profileSession({ profile: 'deploy' });
    await expect(session.credentials()).rejects.toMatchObject({ code, retryable: false });
    await expect(session.credentials()).rejects.toThrow('profile "deploy"');
    expect(aws.requests).toHaveLength(0);
  });
});
