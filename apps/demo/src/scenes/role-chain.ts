import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { assumeRoleChain, formatWhoAmI, whoAmI } from 'bsm';
import { countCalls } from '../count-calls.js';
import type { Output } from '../output.js';
import { aliceSession, type World } from '../world.js';

/** A chain of roles through three accounts: one AssumeRole per hop, and the identity is known without asking. */
export async function showRoleChain(world: World, out: Output): Promise<void> {
  using alice = aliceSession(world);
  out.heading('A chain of roles through three accounts');
  const calls = countCalls(world.aws);
  const release = assumeRoleChain(
    alice,
    world.hops.map(({ arn }) => ({ roleArn: arn, roleSessionName: 'demo' })),
  );
  out.fact('AssumeRole calls before the first use', calls('AssumeRole'));
  const { Buckets = [] } = await release.client(S3Client).send(new ListBucketsCommand({}));
  out.line(`Buckets of the third account: ${Buckets.map(({ Name }) => Name).join(', ')}`);
  out.block(formatWhoAmI(await whoAmI(release), { format: 'columns' }));
  out.fact('AssumeRole calls, three hops', calls('AssumeRole'));
  out.fact('GetCallerIdentity calls', calls('GetCallerIdentity'));
}
