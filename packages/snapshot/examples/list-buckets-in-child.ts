import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { fromSnapshotFile } from '@bsm/snapshot';

/** In the child: the session of the parent, from BSM_SNAPSHOT_FILE, and BSM_SNAPSHOT_KEY if the file is encrypted. */
export async function listBucketsInChild(endpoint?: string): Promise<(string | undefined)[]> {
  const session = await fromSnapshotFile(undefined, { clientDefaults: { endpoint } });
  if (session.isExpired(60)) throw new Error(`Too late: it ended at ${session.credentials.expiration?.toISOString()}`);
  const { Buckets = [] } = await session.client(S3Client).send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => Name);
}
