import { startFakeAws } from '@bsm/testing';
import { expect, test, vi } from 'vitest';
import { createAwsHome } from './fixtures/aws-home.js';

test('the README shows three clients, of two regions, that share one look-up of credentials', async () => {
  await using aws = await startFakeAws({ accounts: [{ accountId: '444455556666', buckets: ['site', 'backup'] }] });
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const role = aws.addRole({ accountId: '444455556666', roleName: 'dev', trust: alice.arn });
  await using home = await createAwsHome();
  await home.writeConfig(
    '[profile dev]',
    `role_arn = ${role.arn}`,
    'source_profile = alice',
    'region = us-west-2',
    '[profile alice]',
    `aws_access_key_id = ${alice.accessKeyId}`,
    `aws_secret_access_key = ${alice.secretAccessKey}`,
  );
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  const log = vi.spyOn(console, 'log').mockReturnValue();

  await import('../examples/share-credentials.js').finally(() => vi.restoreAllMocks());

  expect(log.mock.calls).toEqual([
    ['us-west-2', 2],
    ['eu-central-1', 2],
    ['us-west-2', 2],
  ]);
  expect(aws.count('ListBuckets')).toBe(3);
  expect(aws.count('AssumeRole')).toBe(1);
});

test('the README shows two tenants of whom one is asked for twice, and assumed once', async () => {
  await using aws = await startFakeAws({
    accounts: [
      { accountId: '444455556666', buckets: ['site', 'backup'] },
      { accountId: '123456789012', buckets: ['site'] },
    ],
  });
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const acme = aws.addRole({ accountId: '444455556666', roleName: 'app', trust: alice.arn });
  const umbrella = aws.addRole({ accountId: '123456789012', roleName: 'app', trust: alice.arn });
  await using home = await createAwsHome();
  await home.writeConfig(
    ...Object.entries({ acme, umbrella }).flatMap(([tenant, { arn }]) => [
      `[profile ${tenant}]`,
      `role_arn = ${arn}`,
      'source_profile = alice',
      'region = eu-west-1',
    ]),
    '[profile alice]',
    `aws_access_key_id = ${alice.accessKeyId}`,
    `aws_secret_access_key = ${alice.secretAccessKey}`,
  );
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  const log = vi.spyOn(console, 'log').mockReturnValue();

  await import('../examples/many-tenants.js').finally(() => vi.restoreAllMocks());

  expect(log.mock.calls).toEqual([[[2, 1, 2], 2]]);
  expect(aws.count('AssumeRole')).toBe(2);
});
