import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { assumeRole, createSession } from '@bsm/assume-role';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import type { Measured } from './measured.js';

export interface FleetOptions {
  readonly clients: number;
  readonly requestsPerClient: number;
}

/** Counts the AssumeRole calls of many clients of one role that all send requests at once, to a fake AWS over HTTP. */
export async function countFleetCalls(options: FleetOptions): Promise<Measured[]> {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const { arn } = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  const provider = fromTemporaryCredentials({
    masterCredentials: credentials,
    params: { RoleArn: arn },
    clientConfig: { region, endpoint },
  });
  using session = assumeRole(createSession({ credentials, region, clientDefaults: { endpoint } }), { roleArn: arn });
  const byClient = (config: { credentials: typeof provider | typeof session.credentials }): S3Client =>
    new S3Client({ ...config, region, endpoint });
  return [
    {
      name: 'fromTemporaryCredentials',
      value: await countCalls(aws, options, () => byClient({ credentials: provider })),
    },
    { name: 'session.credentials', value: await countCalls(aws, options, () => byClient(session)) },
  ];
}

async function countCalls(aws: FakeAws, options: FleetOptions, createClient: () => S3Client): Promise<number> {
  const before = aws.count('AssumeRole');
  const clients = Array.from({ length: options.clients }, createClient);
  const send = (client: S3Client): Promise<unknown> => client.send(new ListBucketsCommand({}));
  await Promise.all(clients.flatMap((client) => Array.from({ length: options.requestsPerClient }, () => send(client))));
  for (const client of clients) client.destroy();
  return aws.count('AssumeRole') - before;
}
