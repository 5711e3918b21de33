import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';
import { expect, test } from 'vitest';
import { createSession } from './create-session.js';
import { internalClientConfig } from './internal-client-config.js';

test('clients of a package get the defaults of the session, but never its logger, which would see tokens', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const role = aws.addRole({ accountId: '111122223333', roleName: 'worker' });
  const logged: unknown[] = [];
  const log = (...values: unknown[]): void => {
    logged.push(values);
  };
  const logger = { trace: log, debug: log, info: log, warn: log, error: log };
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  using session = createSession({ credentials, region, clientDefaults: { endpoint, logger, maxAttempts: 1 } });
  const config = internalClientConfig(session);
  expect(config).toMatchObject({ endpoint, maxAttempts: 1, credentials: session.credentials, region: session.region });
  const sts = new STSClient(config);
  await sts.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'test' }));
  expect(logged).toEqual([]);

  const own = session.client(STSClient);
  await own.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'test' }));
  expect(logged.length).toBeGreaterThan(0);
  for (const client of [sts, own]) client.destroy();
});
