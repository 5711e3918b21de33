import { assumeRole, withEnv } from 'bsm';
import type { Output } from '../output.js';
import { aliceSession, type World } from '../world.js';

const SCOPES = 100;

/** Two identities in `process.env` by turns, a hundred scopes at once: none sees the keys of the other. */
export async function showOverlappingScopes(world: World, out: Output): Promise<void> {
  using alice = aliceSession(world);
  out.heading(`${SCOPES} overlapping scopes of process.env, two identities`);
  const role = assumeRole(alice, { roleArn: world.hops[0].arn });
  const before = JSON.stringify(process.env);
  let wrong = 0;
  await Promise.all(
    Array.from({ length: SCOPES }, (_, index) => {
      const session = index % 2 === 0 ? alice : role;
      return withEnv(session, async () => {
        const { accessKeyId } = await session.credentials();
        await new Promise(setImmediate);
        if (process.env['AWS_ACCESS_KEY_ID'] !== accessKeyId) wrong++;
      });
    }),
  );
  out.fact('Scopes that saw another identity', wrong);
  if (JSON.stringify(process.env) === before) out.good('the environment is what it was');
}
