import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { createSession } from '@bsm/core-cache';

const session = createSession({ profile: 'dev' });

const s3 = session.client(S3Client); // made once; the same class and configuration give the same client
const frankfurt = session.withRegion('eu-central-1').client(S3Client); // same credentials, no second look-up
const own = new S3Client({ ...session.clientConfig, maxAttempts: 5 }); // shares them too

for (const client of [s3, frankfurt, own]) {
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  console.log(await client.config.region(), Buckets.length);
}
