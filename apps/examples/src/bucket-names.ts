import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { getDefaultSession, type Session } from 'bsm';

/** Lists the buckets of an account. The caller may bring a session; without one, the default session is used. */
export async function bucketNames(session: Session = getDefaultSession()): Promise<string[]> {
  const { Buckets = [] } = await session.client(S3Client).send(new ListBucketsCommand({}));
  return Buckets.map(({ Name = '' }) => Name);
}
