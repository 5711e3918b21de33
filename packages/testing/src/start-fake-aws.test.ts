import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { startFakeAws } from './index.js';

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
