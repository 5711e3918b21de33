import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, it, test, vi } from 'vitest';
import { FakeAwsError, startFakeAws } from './index.js';

test('one session goes all the way: AssumeRole, GetCallerIdentity, ListAccountAliases, ListBuckets', async () => {
  await using aws = await startFakeAws();
  aws.addAccount({ accountId: '444455556666', alias: 'prod', buckets: ['logs', 'releases'] });
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });

  const sts = new STSClient(aws.clientConfig(alice));
  const { Credentials, AssumedRoleUser } = await sts.send(
    new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'release-42' }),
  );
  expect(AssumedRoleUser).toEqual({ Arn: role.sessionArn('release-42'), AssumedRoleId: `${role.userId}:release-42` });
  expect(Credentials?.Expiration?.getTime()).toBe(aws.clock.now() + 3_600_000);

  const config = {
    ...aws.clientConfig(alice),
    credentials: {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    },
  };
  const identity = await new STSClient(config).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({
    Account: '444455556666',
    Arn: AssumedRoleUser!.Arn,
    UserId: AssumedRoleUser!.AssumedRoleId,
  });
  expect((await new IAMClient(config).send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['prod']);
  const buckets = await new S3Client(config).send(new ListBucketsCommand({}));
  expect(buckets.Buckets?.map((bucket) => bucket.Name)).toEqual(['logs', 'releases']);

  expect(aws.requests.map(({ operation, service, status }) => `${service} ${operation} ${status}`)).toEqual([
    'sts AssumeRole 200',
    'sts GetCallerIdentity 200',
    'iam ListAccountAliases 200',
    's3 ListBuckets 200',
  ]);
  expect(aws.count('AssumeRole')).toBe(1);
});

test('what is declared at the start is what adding it would make', async () => {
  await using aws = await startFakeAws({
    startAt: new Date('2026-01-01T00:00:00Z'),
    accounts: [{ accountId: '444455556666', alias: 'prod', partition: 'aws-us-gov' }],
    users: [{ accountId: '444455556666', userName: 'alice' }],
    roles: [{ accountId: '444455556666', roleName: 'ops' }],
  });
  expect(aws.clock.now()).toBe(Date.parse('2026-01-01T00:00:00Z'));
  const sts = new STSClient(aws.clientConfig('arn:aws-us-gov:iam::444455556666:user/alice'));
  const RoleArn = 'arn:aws-us-gov:iam::444455556666:role/ops';
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'ops' }));
  expect(Credentials?.Expiration).toEqual(new Date('2026-01-01T01:00:00Z'));
});

test('credentialLifetimeMs replaces what the caller asks for', async () => {
  await using aws = await startFakeAws({ credentialLifetimeMs: 240_000 });
  const role = aws.addRole({ accountId: '111122223333', roleName: 'ops' });
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const sts = new STSClient(aws.clientConfig(alice));
  const input = { RoleArn: role.arn, RoleSessionName: 'ops', DurationSeconds: 3600 };
  const { Credentials } = await sts.send(new AssumeRoleCommand(input));
  expect(Credentials?.Expiration?.getTime()).toBe(aws.clock.now() + 240_000);
  expect(aws.clientConfig(role).credentials.expiration?.getTime()).toBe(aws.clock.now() + 240_000);
});

test('with realTime the clock runs', async () => {
  await using aws = await startFakeAws({ realTime: true });
  const before = aws.clock.now();
  await vi.waitFor(() => expect(aws.clock.now()).toBeGreaterThan(before));
});

it.each<[string, unknown, string]>([
  ['a date as text', { startAt: '2026-01-01' }, 'startAt'],
  ['an unknown option', { port: 8080 }, 'port'],
  ['a lifetime below a second', { credentialLifetimeMs: 5 }, 'credentialLifetimeMs'],
  ['realTime as text', { realTime: 'yes' }, 'realTime'],
  ['accounts as an object', { accounts: {} }, 'accounts'],
  ['an account without an id', { accounts: [{ accountId: '111122223333' }, {}] }, 'accounts[1].accountId'],
  ['a user that is none', { users: [null] }, 'users[0]'],
  [
    'a role with a bad trust',
    { roles: [{ accountId: '111122223333', roleName: 'r', trust: { principals: '*', mfa: 1 } }] },
    'roles[0].trust.mfa',
  ],
  ['no object', null, 'options'],
])('refuses %s', async (_, options, option) => {
  await expect(startFakeAws(options as never)).rejects.toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', option });
});

test('an error names the option and not its value', async () => {
  const error: unknown = await startFakeAws({ users: [{ accountId: 'hunter2', userName: 'a' }] }).catch(
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(FakeAwsError);
  expect(error).toBeInstanceOf(TypeError);
  expect((error as FakeAwsError).message).toBe('Option "users[0].accountId" must be a string of 12 digits.');
});
