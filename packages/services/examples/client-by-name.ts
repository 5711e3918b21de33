import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { createSession } from '@bsm/core-cache';
import { serviceClient } from '@bsm/services';

const session = createSession({ profile: 'staging' });

const s3 = serviceClient(session, 's3'); // an S3Client, from the @aws-sdk/client-s3 that you installed
const { Buckets } = await s3.send(new ListBucketsCommand({}));
console.log(Buckets?.length, 'buckets');

console.log(serviceClient(session, 's3') === s3); // true: the session keeps its clients
