import { readFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { serviceClient } from '@bsm/services';
import { mockClient } from 'aws-sdk-client-mock';
import { createSession, type Session } from 'bsm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bucketNames, mockedBucketNames } from './examples/mock-a-client.ts';

let session: Session;
let asked: number;

beforeEach(() => {
  asked = 0;
  const credentials = async (): Promise<never> => {
    asked++;
    throw new Error('A mocked client needs no credentials.');
  };
  session = createSession({ region: 'eu-west-1', credentials });
});

afterEach(() => session.close());

it('the example runs, and is the one of the README', async () => {
  expect(await mockedBucketNames()).toEqual(['reports']);
  const example = readFileSync(new URL('examples/mock-a-client.ts', import.meta.url), 'utf8');
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`<!-- examples/mock-a-client.ts -->\n\`\`\`ts\n${example}\`\`\``);
});

it('a mocked class answers for clients that were made before and after', async () => {
  const before = session.client(S3Client);
  const mock = mockClient(S3Client);
  mock.on(ListBucketsCommand).resolves({ Buckets: [{ Name: 'reports' }] });
  try {
    expect((await before.send(new ListBucketsCommand({}))).Buckets).toHaveLength(1);
    expect((await session.client(S3Client, { maxAttempts: 1 }).send(new ListBucketsCommand({}))).Buckets).toHaveLength(
      1,
    );
    expect(await bucketNames(session)).toEqual(['reports']);
    expect(mock.commandCalls(ListBucketsCommand)).toHaveLength(3);
    expect(asked).toBe(0);
  } finally {
    mock.restore();
  }
});

it('a mocked client is the one that the session gives, by class and by name', async () => {
  const mock = mockClient(session.client(SQSClient));
  mock.on(GetQueueUrlCommand, { QueueName: 'jobs' }).resolves({ QueueUrl: 'https://example.com/jobs' });
  const sqs = serviceClient(session, 'sqs', undefined, { resolveFrom: import.meta.url }) as unknown as SQSClient;
  expect(await sqs.send(new GetQueueUrlCommand({ QueueName: 'jobs' }))).toEqual({
    QueueUrl: 'https://example.com/jobs',
  });
  expect(mock.calls()).toHaveLength(1);
  expect(asked).toBe(0);
  mock.restore();
});

it('errors of a mock reach the caller, and a rejected key is not repaired behind its back', async () => {
  const mock = mockClient(session.client(STSClient));
  mock.on(GetCallerIdentityCommand).rejects(Object.assign(new Error('ended'), { name: 'ExpiredToken' }));
  await expect(session.client(STSClient).send(new GetCallerIdentityCommand({}))).rejects.toThrow('ended');
  expect(mock.calls()).toHaveLength(1);
  expect(asked).toBe(0);
  mock.restore();
});

it('what is built on a client of a session is mocked as well', async () => {
  const mock = mockClient(DynamoDBDocumentClient);
  mock.on(GetCommand).resolves({ Item: { id: '7' } });
  const documents = session.resource('documents', () => DynamoDBDocumentClient.from(session.client(DynamoDBClient)));
  expect(await documents.send(new GetCommand({ TableName: 'orders', Key: { id: '7' } }))).toEqual({
    Item: { id: '7' },
  });
  expect(asked).toBe(0);
  mock.restore();
});
