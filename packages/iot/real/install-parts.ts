import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findEngine } from '../src/pkcs11/find-engine.ts';

const run = promisify(execFile);

/** Programs and libraries that the tests use, with what tells whether each is there and the package of Debian that has it. */
const PARTS: readonly { readonly name: string; readonly isThere: () => boolean }[] = [
  { name: 'mosquitto', isThere: () => onPath('mosquitto') },
  { name: 'softhsm2', isThere: () => onPath('softhsm2-util') && existsSync(SOFTHSM_MODULE) },
  { name: 'opensc', isThere: () => onPath('pkcs11-tool') },
  { name: 'libengine-pkcs11-openssl', isThere: () => findEngine() !== undefined },
  { name: 'openssl', isThere: () => onPath('openssl') },
];

/** The PKCS#11 module of SoftHSM in Debian and Ubuntu. */
export const SOFTHSM_MODULE = '/usr/lib/softhsm/libsofthsm2.so';

/**
 * Installs what is missing with apt-get, before the tests. Starts no service: the tests start what they need, and end it.
 *
 * @throws Error that says what to install where this may not do it: without apt-get, or without the rights for it.
 */
export async function setup(): Promise<void> {
  const missing = PARTS.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  if (missing.length === 0) return;
  const apt = aptGet();
  if (apt === undefined) throw cannotInstall(missing, 'there is no apt-get here');
  try {
    await run(apt[0], [...apt.slice(1), 'update', '-qq']);
    await run(apt[0], [...apt.slice(1), 'install', '-y', '-qq', '--no-install-recommends', ...missing], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  } catch (cause) {
    throw cannotInstall(missing, 'apt-get failed, most likely for want of rights', cause);
  }
  const still = PARTS.filter(({ isThere }) => !isThere()).map(({ name }) => name);
  if (still.length > 0) throw cannotInstall(still, 'apt-get installed them somewhere else');
}

/** The command that installs packages: as root, or with rights that need no password. */
function aptGet(): readonly [string, ...string[]] | undefined {
  if (!onPath('apt-get')) return undefined;
  return process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '--non-interactive', 'apt-get'];
}

function cannotInstall(missing: readonly string[], why: string, cause?: unknown): Error {
  const message = `These tests need ${missing.join(', ')}, which cannot be installed: ${why}. By hand: apt-get install ${missing.join(' ')}`;
  return new Error(message, { cause });
}

function onPath(program: string): boolean {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  return directories.some((directory) => existsSync(join(directory, program)));
}
