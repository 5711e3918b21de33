import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { SessionManager } from 'bsm/session-manager';

const manager = new SessionManager({ profile: 'dev' });
const release = manager.assumeRole({ roleArn: 'arn:aws:iam::123456789012:role/release' });

console.log(await release.maskedPrincipalArn());
// The S3Client of @aws-sdk/client-s3, if you installed it; else the compiler says how to.
const { Buckets = [] } = await release.s3Client.send(new ListBucketsCommand({}));
for (const { Name } of Buckets) console.log(Name);
