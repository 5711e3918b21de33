import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';
import { expect, test } from 'vitest';
import { createSession, principalKey } from './index.js';

test('a session makes each client once and signs real requests with its credentials', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  using session = createSession({ credentials, region, clientDefaults: { endpoint } });

  const sts = session.client(STSClient);
  expect(session.client(STSClient)).toBe(sts);
  expect(session.client(STSClient, { region })).toBe(sts);
  expect(session.client(STSClient, { region: 'eu-west-1' })).not.toBe(sts);
  expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(alice.arn);
});

test('fifty clients with two requests each ask the source once', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  let calls = 0;
  using session = createSession({
    region,
    clientDefaults: { endpoint },
    credentials: async () => {
      calls++;
      return {
        ...credentials,
        expiration: new Date(Date.now() + 3_600_000),
        [principalKey()]: { accountId: '111122223333', arn: alice.arn, userId: 'x' },
      };
    },
  });
  const clients = Array.from({ length: 50 }, (_, index) => session.client(S3Client, { maxAttempts: index + 1 }));
  expect(new Set(clients).size).toBe(50);
  expect(calls).toBe(0);
  await Promise.all(
    clients.flatMap((client) => Array.from({ length: 2 }, () => client.send(new ListBucketsCommand({})))),
  );
  expect(calls).toBe(1);
  expect(session.principal?.arn).toBe(alice.arn);
  for (const client of clients) client.destroy();
});
