import { printWhoAmI } from 'bsm';
import type { Output, OutputStream } from '../output.js';
import { aliceSession, type World } from '../world.js';

/** Who is the session: five lines, ids masked. */
export async function showWhoAmI(world: World, out: Output): Promise<void> {
  using session = aliceSession(world);
  out.heading('Who am I');
  const written: string[] = [];
  const stream: OutputStream = { write: (text) => written.push(text) };
  await printWhoAmI(session, { stream });
  out.block(written.join(''));
}
