import type { Output } from './output.js';
import { showFleet } from './scenes/fleet.js';
import { showRoleChain } from './scenes/role-chain.js';
import { showTwoHours } from './scenes/two-hours-later.js';
import { showWhoAmI } from './scenes/who-am-i.js';
import { showWrongExternalId } from './scenes/wrong-external-id.js';
import { buildWorld } from './world.js';

/** All scenes against an AWS inside this process: real HTTP, real signatures, real trust policies, a clock that can be moved. */
export async function runOffline(out: Output): Promise<void> {
  const world = await buildWorld();
  try {
    out.line('Everything below is real HTTP to an AWS inside this process; nothing leaves the machine.');
    await showWhoAmI(world, out);
    await showRoleChain(world, out);
    await showFleet(world, out);
    await showTwoHours(world, out);
    await showWrongExternalId(world, out);
  } finally {
    await world.aws.close();
  }
}
