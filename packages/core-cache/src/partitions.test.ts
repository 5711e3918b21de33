import { type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AwsHome, createAwsHome } from './fixtures/aws-home.js';
import { redirectHttps } from './fixtures/redirect-https.js';
import { createSession } from './index.js';

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

describe('the default chain asks STS of the partition and region of the session', () => {
  const PARTITIONS = [
    ['cn-north-1', 'aws-cn', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'sts.us-gov-west-1.amazonaws.com'],
    ['eu-central-1', 'aws', 'sts.eu-central-1.amazonaws.com'],
  ] as const;

  test.each(PARTITIONS)('for the role of a profile: %s', async (region, partition, host) => {
    const user = aws.addUser({ accountId: '123456789012', userName: 'li', partition });
    const role = aws.addRole({ accountId: '123456789012', roleName: 'deploy', trust: user.arn });
    await home.writeCredentials(
      '[default]',
      `role_arn = ${role.arn}`,
      'source_profile = li',
      '[li]',
      `aws_access_key_id = ${user.accessKeyId}`,
      `aws_secret_access_key = ${user.secretAccessKey}`,
    );
    using redirect = redirectHttps(aws.endpoint);
    using session = createSession({ region, clock: aws.clock });
    expect((await session.credentials()).accountId).toBe('123456789012');
    expect(redirect.hosts).toEqual([host]);
    expect(aws.requests.map((request) => [request.region, request.status])).toEqual([[region, 200]]);
  });

  test.each(PARTITIONS)('for a web identity: %s', async (region, partition, host) => {
    const url = 'https://oidc.example.com/id/1';
    const issuer = aws.addIdentityProvider({ accountId: '123456789012', url, partition });
    const role = aws.addRole({
      accountId: '123456789012',
      roleName: 'pod',
      trustPolicy: {
        Statement: {
          Effect: 'Allow',
          Principal: { Federated: issuer.arn },
          Action: 'sts:AssumeRoleWithWebIdentity',
        },
      },
    });
    vi.stubEnv('AWS_REGION', region);
    vi.stubEnv('AWS_ROLE_ARN', role.arn);
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', await home.write('token', issuer.token({ sub: 'pod' })));
    using redirect = redirectHttps(aws.endpoint);
    using session = createSession({ clock: aws.clock });
    await session.credentials();
    expect(redirect.hosts).toEqual([host]);
    expect(aws.requests.map(({ status }) => status)).toEqual([200]);
  });
});
