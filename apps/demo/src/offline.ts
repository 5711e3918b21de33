import type { Output } from './output.js';
import { showFleet } from './scenes/fleet.js';
import { showLongLivedChild } from './scenes/long-lived-child.js';
import { showOneObject } from './scenes/one-object.js';
import { showOverlappingScopes } from './scenes/overlapping-scopes.js';
import { showRoleChain } from './scenes/role-chain.js';
import { showSnapshot } from './scenes/snapshot.js';
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
    await showOneObject(world, out);
    await showOverlappingScopes(world, out);
    await showSnapshot(world, out);
    await showLongLivedChild(out);
  } finally {
    await world.aws.close();
  }
}
