import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { assumeRole, createSession, printWhoAmI } from 'bsm';

// Neither line calls AWS: a session asks when something is first needed.
const session = createSession({ profile: 'base' });
const deploy = assumeRole(session, { roleArn: 'arn:aws:iam::444455556666:role/deploy' });

await printWhoAmI(deploy); // ids are masked

// Every client of a session shares its credentials: one AssumeRole call in all, renewed before it expires.
const s3 = deploy.client(S3Client);
const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
for (const { Name } of Buckets) console.log(Name);
