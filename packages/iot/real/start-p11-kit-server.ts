import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A module of PKCS#11 that runs in a process of its own. */
export interface P11KitServer extends AsyncDisposable {
  /** For `P11_KIT_SERVER_ADDRESS` of who loads p11-kit-client.so. */
  readonly address: string;
}

/** Starts the server of Debian's package `p11-kit`. */
export async function startP11KitServer(module: string): Promise<P11KitServer> {
  const home = mkdtempSync(join(tmpdir(), 'bsm-p11-kit-'));
  const args = ['server', '--foreground', '--name', join(home, 'socket'), '--provider', module, 'pkcs11:'];
  const child = spawn('p11-kit', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  // It says its address when it listens.
  await Promise.race([once(child.stdout, 'data'), ended]);
  if (child.exitCode !== null) throw new Error(`p11-kit ended with ${child.exitCode}`);
  return {
    address: `unix:path=${join(home, 'socket')}`,
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
      rmSync(home, { recursive: true });
    },
  };
}
