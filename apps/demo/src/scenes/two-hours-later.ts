import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { assumeRole } from 'bsm';
import { countCalls } from '../count-calls.js';
import type { Output } from '../output.js';
import { aliceSession, type World } from '../world.js';

const MINUTE_MS = 60_000;
const STEP_MINUTES = 5;
const TOTAL_MINUTES = 120;
const REQUESTS_PER_STEP = 4;

/** Time runs two hours ahead, five minutes a step; credentials live for one hour. */
export async function showTwoHours(world: World, out: Output): Promise<void> {
  using alice = aliceSession(world);
  out.heading('Two hours pass, credentials live for one');
  const calls = countCalls(world.aws);
  const s3 = assumeRole(alice, { roleArn: world.hops[0].arn }).client(S3Client);
  let served = 0;
  for (let minutes = 0; minutes <= TOTAL_MINUTES; minutes += STEP_MINUTES) {
    for (let request = 0; request < REQUESTS_PER_STEP; request++) {
      await s3.send(new ListBucketsCommand({}));
      served++;
    }
    world.aws.clock.advance(STEP_MINUTES * MINUTE_MS);
  }
  out.fact('Requests sent', (TOTAL_MINUTES / STEP_MINUTES + 1) * REQUESTS_PER_STEP);
  out.fact('Requests served', served);
  out.fact('AssumeRole calls', calls('AssumeRole'));
}
