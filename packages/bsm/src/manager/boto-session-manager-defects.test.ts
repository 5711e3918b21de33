import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { childEnv, createSession, SessionManager } from '../index.js';

const KEYS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const ACCOUNT = '444455556666';
const FIFTEEN_MINUTES_MS = 900_000;

describe('what boto_session_manager 2.0.1 gets wrong, and SessionManager does right', () => {
  let aws: FakeAws;
  let alice: ReturnType<FakeAws['addUser']>;
  let roleArn: string;
  const options = () => {
    const { credentials, region, endpoint } = aws.clientConfig(alice);
    return {
      resolveFrom: import.meta.url,
      credentials,
      region,
      clock: aws.clock,
      clientDefaults: { endpoint, maxAttempts: 1 },
    };
  };
  const whoIs = async (session: { client: SessionManager['client'] }): Promise<string | undefined> =>
    (await session.client(STSClient).send(new GetCallerIdentityCommand({}))).Arn;

  beforeEach(async () => {
    aws = await startFakeAws({ credentialLifetimeMs: FIFTEEN_MINUTES_MS, accounts: [{ accountId: ACCOUNT }] });
    alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
    roleArn = aws.addRole({ accountId: ACCOUNT, roleName: 'deploy', trust: alice.arn }).arn;
  });

  afterEach(() => aws.close());

  it('1: an external id is sent as AWS names it, refreshing or not', async () => {
    const trust = { principals: [alice.arn], externalId: 'partner-7' };
    const partner = aws.addRole({ accountId: ACCOUNT, roleName: 'partner', trust }).arn;
    using manager = new SessionManager(options());
    for (const autoRefresh of [true, false]) {
      const role = manager.assumeRole({ roleArn: partner, externalId: 'partner-7', autoRefresh });
      expect(await role.accountId()).toBe(ACCOUNT);
    }
  });

  it('2: a snapshot, an environment and a scope have key, secret and token of one answer, however often they are renewed', async () => {
    using manager = new SessionManager(options());
    const secretsByKey = new Map<string | undefined, unknown>();
    const rememberSource = async () => {
      const number = secretsByKey.size;
      const keys = {
        accessKeyId: `ASIA${number}`,
        secretAccessKey: `secret-${number}`,
        sessionToken: `token-${number}`,
      };
      secretsByKey.set(keys.accessKeyId, keys);
      return { ...keys, expiration: new Date(aws.clock.now() + 1_000) };
    };
    const restless = manager.derive({ credentials: rememberSource });
    for (let round = 0; round < 20; round++) {
      const taking = [restless.toSnapshot(), restless.credentialEnv()] as const;
      aws.clock.advance(900);
      const [snapshot, env] = await Promise.all(taking);
      const { accessKeyId, secretAccessKey, sessionToken } = keysOf(snapshot);
      expect(secretsByKey.get(accessKeyId)).toEqual({ accessKeyId, secretAccessKey, sessionToken });
      expect(secretsByKey.get(env['AWS_ACCESS_KEY_ID'])).toEqual({
        accessKeyId: env['AWS_ACCESS_KEY_ID'],
        secretAccessKey: env['AWS_SECRET_ACCESS_KEY'],
        sessionToken: env['AWS_SESSION_TOKEN'],
      });
    }
    expect(secretsByKey.size).toBeGreaterThan(5);
  });

  it('3: a role of 900 seconds is assumed once for many requests, not once for each', async () => {
    using manager = new SessionManager(options());
    const role = manager.assumeRole({ roleArn, durationSeconds: 900 });
    for (let request = 0; request < 5; request++) await role.client(S3Client).send(new ListBucketsCommand({}));
    expect(aws.count('AssumeRole')).toBe(1);
  });

  it('4: a role that refreshes itself asks the endpoint of the client defaults', async () => {
    using manager = new SessionManager(options());
    await manager.assumeRole({ roleArn }).credentials();
    expect(aws.requests.map(({ operation }) => operation)).toEqual(['AssumeRole']);
  });

  it('5: clients differ by all their options, and credentials given to one change neither the others nor the identity', async () => {
    const bob = aws.addUser({ accountId: '123456789012', userName: 'bob' });
    using manager = new SessionManager(options());
    const [east, west] = ['us-east-1', 'eu-west-1'].map((region) => manager.client(S3Client, { region }));
    expect(await west?.config.region()).toBe('eu-west-1');
    expect(await east?.config.region()).toBe('us-east-1');
    const { credentials } = aws.clientConfig(bob);
    const other = manager.client(STSClient, { credentials });
    expect((await other.send(new GetCallerIdentityCommand({}))).Arn).toBe(bob.arn);
    expect(manager.client(STSClient)).not.toBe(other);
    expect(await manager.principalArn()).toBe(alice.arn);
    expect(await whoIs(manager)).toBe(alice.arn);
  });

  it('6: keys that were given are what a child gets, also beside a profile', async () => {
    using folder = await useConfig(
      '[profile p1]\nregion = eu-west-1\naws_access_key_id = AKIDEFAULT\naws_secret_access_key = x',
    );
    using manager = new SessionManager({ ...KEYS, profile: 'p1' });
    const env = await manager.childEnv({ AWS_PROFILE: 'p1', AWS_CONFIG_FILE: folder.file });
    expect(env).toMatchObject({ AWS_ACCESS_KEY_ID: KEYS.accessKeyId, AWS_REGION: 'eu-west-1' });
    expect(env).not.toHaveProperty('AWS_PROFILE');
    vi.stubEnv('AWS_PROFILE', 'p1');
    await manager.withAwsCli(() => {
      expect(process.env['AWS_ACCESS_KEY_ID']).toBe(KEYS.accessKeyId);
      expect(process.env['AWS_PROFILE']).toBeUndefined();
    });
  });

  it('7: both variables for the region are set', async () => {
    using manager = new SessionManager(options());
    const env = await manager.childEnv({ AWS_DEFAULT_REGION: 'ap-south-1' });
    expect([env['AWS_REGION'], env['AWS_DEFAULT_REGION']]).toEqual([options().region, options().region]);
  });

  it('8: nothing of another identity is left in the environment of a child', async () => {
    const stale = {
      AWS_SECURITY_TOKEN: 'STALE',
      AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
      AWS_CREDENTIAL_SCOPE: 'eu-west-1',
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/other',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
    };
    using manager = new SessionManager({ ...KEYS, region: 'eu-west-1' });
    const env = await childEnv(manager, { ...stale, LANG: 'C' });
    expect(Object.keys(stale).filter((name) => name in env)).toEqual([]);
    expect(env['LANG']).toBe('C');
  });

  it('9: what a profile puts into the environment is what the documentation says: its keys, and no name of a profile', async () => {
    const { credentials } = options();
    using folder = await useConfig(
      `[profile p1]\nregion = eu-west-1\naws_access_key_id = ${credentials.accessKeyId}\naws_secret_access_key = ${credentials.secretAccessKey}`,
    );
    expect(folder.file).toContain('config');
    using manager = new SessionManager({ profile: 'p1' });
    const env = await manager.credentialEnv();
    expect(env['AWS_ACCESS_KEY_ID']).toBe(credentials.accessKeyId);
    expect(env).not.toHaveProperty('AWS_PROFILE');
  });

  it('10: a copy of a manager has no identity that is none, and no secret', async () => {
    using manager = new SessionManager(options());
    await manager.accountId();
    expect(structuredClone(Object.assign({}, manager))).toEqual({});
    const { secretAccessKey } = options().credentials;
    expect(JSON.stringify(manager)).not.toContain(secretAccessKey);
  });

  it('11: client defaults all apply, never hold credentials or a region, and reach roles without changing who they are', async () => {
    using manager = new SessionManager({
      ...options(),
      clientDefaults: { ...options().clientDefaults, maxAttempts: 7 },
    });
    const role = manager.assumeRole({ roleArn, region: 'eu-west-1' });
    expect(await role.client(S3Client).config.maxAttempts()).toBe(7);
    expect(await role.client(S3Client).config.region()).toBe('eu-west-1');
    expect(await role.region()).toBe('eu-west-1');
    expect(await whoIs(role)).toContain(':assumed-role/deploy/');
    for (const own of ['credentials', 'region']) {
      const wrong = { clientDefaults: { [own]: own === 'region' ? 'us-west-2' : KEYS } };
      expect(() => new SessionManager(wrong as object)).toThrow(
        expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option: `clientDefaults.${own}` } }),
      );
    }
  });

  it('12: a role of a subclass is of that subclass, refreshing or not', () => {
    class Team extends SessionManager {}
    using manager = new Team(options());
    for (const autoRefresh of [true, false]) expect(manager.assumeRole({ roleArn, autoRefresh })).toBeInstanceOf(Team);
  });

  it('13: a code of an MFA device is asked of whom was named, and nobody waits at a terminal', async () => {
    const device = aws.addMfaDevice(alice);
    const trust = { principals: [alice.arn], mfa: true };
    const guarded = aws.addRole({ accountId: ACCOUNT, roleName: 'guarded', trust }).arn;
    using manager = new SessionManager(options());
    const token = vi.fn(() => device.code());
    const role = manager.assumeRole({ roleArn: guarded, mfa: { serialNumber: device.serialNumber, token } });
    expect(await role.accountId()).toBe(ACCOUNT);
    expect(token).toHaveBeenCalledTimes(1);
  });

  it('14: a manager knows when its credentials end, also after a snapshot', async () => {
    using manager = new SessionManager(options());
    const role = manager.assumeRole({ roleArn });
    const snapshot = await role.toSnapshot();
    expect(role.isExpired()).toBe(false);
    expect(role.isExpired(FIFTEEN_MINUTES_MS / 1_000 + 1)).toBe(true);
    using restored = SessionManager.fromSnapshot({ ...snapshot, expiration_time: '2020-01-01T00:00:00+00:00' });
    expect(restored.isExpired()).toBe(true);
    await expect(restored.credentials()).rejects.toMatchObject({
      code: 'ERR_BSM_CREDENTIALS_EXPIRED',
      message: expect.stringContaining('2020-01-01'),
    });
  });

  it('15: an account without an alias, or whose alias may not be read, is no error, and is asked once', async () => {
    using manager = new SessionManager(options());
    for (let time = 0; time < 3; time++) expect(await manager.accountAlias()).toBeUndefined();
    expect(aws.count('ListAccountAliases')).toBe(1);
    let printed = '';
    const stream = {
      write(text: string, done?: () => void) {
        printed += text;
        done?.();
        return true;
      },
    };
    await manager.printWhoAmI({ stream });
    expect(printed.trim().split('\n')).toHaveLength(5);
  });

  it('16: without credentials an error says so', async () => {
    using manager = new SessionManager({ region: 'eu-west-1', credentials: async () => undefined as never });
    for (const use of [() => manager.toSnapshot(), () => manager.withAwsCli(() => 1), () => manager.credentialEnv()])
      await expect(use()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_INVALID' });
  });

  it('17: an option that is undefined is not given', async () => {
    using manager = new SessionManager({ ...options(), profile: undefined, expiration: undefined });
    const role = manager.assumeRole({ roleArn, tags: undefined, policy: undefined, mfa: undefined });
    expect(await role.accountId()).toBe(ACCOUNT);
  });

  it('19: eight callers at once share one client, one AssumeRole and one answer who it is', async () => {
    using manager = new SessionManager(options());
    const role = manager.assumeRole({ roleArn });
    const clients = await Promise.all(Array.from({ length: 8 }, async () => role.getClient('s3')));
    await Promise.all(Array.from({ length: 8 }, () => role.client(S3Client).send(new ListBucketsCommand({}))));
    await Promise.all(Array.from({ length: 8 }, () => manager.accountId()));
    expect(new Set(clients).size).toBe(1);
    expect([aws.count('AssumeRole'), aws.count('GetCallerIdentity')]).toEqual([1, 1]);
  });

  it('20: two scopes at once never see each other, and leave the environment as it was', async () => {
    const before = { ...process.env };
    const managers = ['AKIAFIRST', 'AKIASECOND'].map(
      (accessKeyId) => new SessionManager({ ...KEYS, accessKeyId, region: 'eu-west-1' }),
    );
    const seen = await Promise.all(
      managers.flatMap((manager, index) =>
        Array.from({ length: 20 }, () =>
          manager.withAwsCli(async () => {
            await new Promise(setImmediate);
            return [index, process.env['AWS_ACCESS_KEY_ID']];
          }),
        ),
      ),
    );
    expect(seen.filter(([index, key]) => key !== (index === 0 ? 'AKIAFIRST' : 'AKIASECOND'))).toEqual([]);
    expect({ ...process.env }).toEqual(before);
  });

  it('21 to 24: the file of a snapshot is private, its own, whole and gone afterwards', async () => {
    using manager = new SessionManager(options());
    const role = manager.assumeRole({ roleArn });
    let path = '';
    await role.withSnapshotFile(async (first) => {
      path = first;
      expect((await stat(first)).mode & 0o777).toBe(0o600);
      // 22: a second one has a file of its own.
      await role.withSnapshotFile((second) => expect(second).not.toBe(first));
      expect((await SessionManager.fromSnapshotFile(first)).isExpired()).toBe(false);
    });
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });

    const folder = await mkdtemp(join(tmpdir(), 'bsm-defects-'));
    const mine = join(folder, 'mine.json');
    await writeFile(mine, 'precious');
    await symlink(mine, join(folder, 'link.json'));
    const intoFile = role.withSnapshotFile(() => undefined, { path: mine });
    await expect(intoFile).rejects.toMatchObject({ code: 'ERR_BSM_SNAPSHOT_IN_USE' });
    const throughLink = role.withSnapshotFile(() => undefined, { path: join(folder, 'link.json') });
    await expect(throughLink).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_BSM_SNAPSHOT_/) });
    expect(await readFile(mine, 'utf8')).toBe('precious');
    // 24: half a key pair is none, and what is not known is not passed on.
    await writeFile(mine, JSON.stringify({ aws_access_key_id: 'A' }));
    await chmod(mine, 0o600);
    await expect(SessionManager.fromSnapshotFile(mine)).rejects.toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INVALID' });
    await rm(folder, { recursive: true });
  });

  it('a session and a manager are the same in all of this', async () => {
    const { resolveFrom: _, ...rest } = options();
    using session = createSession(rest);
    expect(await whoIs(SessionManager.from(session))).toBe(alice.arn);
  });
});

function keysOf(snapshot: Awaited<ReturnType<SessionManager['toSnapshot']>>): Record<string, string | undefined> {
  return {
    accessKeyId: snapshot.aws_access_key_id,
    secretAccessKey: snapshot.aws_secret_access_key,
    sessionToken: snapshot.aws_session_token,
  };
}

/** A config file for this test. The directory is left to the system: it holds example keys. */
async function useConfig(text: string): Promise<{ readonly file: string } & Disposable> {
  const file = join(await mkdtemp(join(tmpdir(), 'bsm-config-')), 'config');
  await writeFile(file, text);
  vi.stubEnv('AWS_CONFIG_FILE', file);
  return { file, [Symbol.dispose]: () => vi.unstubAllEnvs() };
}
