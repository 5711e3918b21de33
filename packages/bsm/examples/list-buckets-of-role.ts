import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { assumeRole, createSession, printWhoAmI } from 'bsm';

const session = createSession({ profile: 'dev' });
const release = assumeRole(session, { roleArn: 'arn:aws:iam::123456789012:role/release' });

await printWhoAmI(release); // ids masked
const { Buckets = [] } = await release.client(S3Client).send(new ListBucketsCommand({}));
for (const { Name } of Buckets) console.log(Name);
