import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { createSession, createSessionCache } from '@bsm/core-cache';

// One session for each tenant, however many requests ask for it; closed when nobody did for a quarter of an hour.
using tenants = createSessionCache({ maxSize: 500 });

/** What a server does for each request. */
async function countBuckets(tenant: string): Promise<number> {
  const session = tenants.get(tenant, () => createSession({ profile: tenant }));
  const s3 = session.client(S3Client);
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.length;
}

const counts = await Promise.all(['acme', 'umbrella', 'acme'].map(countBuckets));
console.log(counts, tenants.size);
