import { assumeRole, isBsmError } from 'bsm';
import type { Output } from '../output.js';
import { aliceSession, EXTERNAL_ID, type World } from '../world.js';

/** What a user sees when a role asks for another external id, and that the right one works. */
export async function showWrongExternalId(world: World, out: Output): Promise<void> {
  using alice = aliceSession(world);
  out.heading('A wrong external id');
  try {
    await assumeRole(alice, { roleArn: world.partner.arn, externalId: 'a-guess' }).credentials();
  } catch (error) {
    if (!isBsmError(error, 'ERR_BSM_ACCESS_DENIED')) throw error;
    out.line(`${error.code}  retryable: ${error.retryable}`);
    out.block(error.message);
  }
  await assumeRole(alice, { roleArn: world.partner.arn, externalId: EXTERNAL_ID }).credentials();
  out.good('the right external id is accepted');
}
