import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Session } from '@bsm/core-cache';
import { loadServiceClient } from '@bsm/services';

/** In a bundle no package can be found at run time, so the modules are named where the bundler sees them. */
const services = { s3: () => import('@aws-sdk/client-s3'), sqs: () => import('@aws-sdk/client-sqs') };

export async function countBuckets(session: Session): Promise<number> {
  const s3 = await loadServiceClient(session, 's3', { maxAttempts: 5 }, { services });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.length;
}
