import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { assumeRole, createSession, type Session } from '@bsm/assume-role';

/** Lists the buckets of a customer who trusts us. */
export async function listBucketsOfCustomer(session: Session = createSession()): Promise<(string | undefined)[]> {
  const customer = assumeRole(session, {
    roleArn: 'arn:aws:iam::444455556666:role/partners',
    externalId: 'partner-7',
  });
  const s3 = customer.client(S3Client); // made once, with credentials that renew themselves
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  return Buckets.map(({ Name }) => Name);
}
