import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { SessionManager } from 'bsm/session-manager';
import type { Output } from '../output.js';
import { aliceSession, type World } from '../world.js';

/** The style of boto_session_manager: one object, with a client for every service as a property. */
export async function showOneObject(world: World, out: Output): Promise<void> {
  using alice = SessionManager.from(aliceSession(world));
  out.heading('One object');
  const release = world.hops.reduce((manager, { arn }) => manager.assumeRole({ roleArn: arn }), alice);
  out.line(`${await alice.maskedAccountId()} became ${await release.maskedPrincipalArn()}`);
  const { Buckets = [] } = await release.s3Client.send(new ListBucketsCommand({}));
  out.fact('Buckets, of the last of them', Buckets.length);
  if (release.s3Client === release.client(S3Client)) out.good('s3Client, getClient("s3") and client(S3Client) are one');
}
