import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { createSession, type Session } from 'bsm';

/** The code under test: it takes a session, so a test gives it one whose clients answer what the test says. */
export async function bucketNames(session: Session): Promise<(string | undefined)[]> {
  const { Buckets = [] } = await session.client(S3Client).send(new ListBucketsCommand({}));
  return Buckets.map((bucket) => bucket.Name);
}

/** No keys, no network: a mocked client never asks for credentials. */
export async function mockedBucketNames(): Promise<(string | undefined)[]> {
  using session = createSession({ region: 'eu-west-1' });
  const s3 = mockClient(S3Client); // every client of the class; mockClient(session.client(S3Client)) is the one client
  s3.on(ListBucketsCommand).resolves({ Buckets: [{ Name: 'reports' }] });
  try {
    return await bucketNames(session);
  } finally {
    s3.restore();
  }
}
