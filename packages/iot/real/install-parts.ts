import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { findEngine } from '../src/pkcs11/find-engine.ts';
import { installBackport } from './install-backport.ts';

const run = promisify(execFile);

interface Part {
  readonly name: string;
  readonly isThere: () => boolean;
}

/** Programs and libraries that the tests use, with what tells whether each is there and the package of Debian that has it. */
const PARTS: readonly Part[] = [
  { name: 'mosquitto', isThere: () => onPath('mosquitto') },
  { name: 'softhsm2', isThere: () => onPath('softhsm2-util') && existsSync(SOFTHSM_MODULE) },
  { name: 'opensc', isThere: () => onPath('pkcs11-tool') },
  { name: 'libengine-pkcs11-openssl', isThere: () => findEngine() !== undefined },
  { name: 'openssl', isThere: () => onPath('openssl') },
  { name: 'p11-kit', isThere: () => onPath('p11-kit') },
  { name: 'p11-kit-modules', isThere: () => findLibrary('pkcs11/p11-kit-client.so') !== undefined },
];

/** Not in Debian 12 itself, but in its backports. Version 0.4 or later. */
const PROVIDER: Part = {
  name: 'pkcs11-provider',
  isThere: () => findLibrary('ossl-modules/pkcs11.so') !== undefined,
};

/** The PKCS#11 module of SoftHSM in Debian and Ubuntu. */
export const SOFTHSM_MODULE = '/usr/lib/softhsm/libsofthsm2.so';

/**
 * Installs what is missing with apt-get, before the tests. Starts no service: the tests start what they need, and end it.
 *
 * @throws Error that says what to install where this may not do it: without apt-get, or without the rights for it.
 */
export async function setup(): Promise<void> {
  const missing = missingParts();
  if (missing.length === 0) return;
  const apt = aptGet();
  if (apt === undefined) throw cannotInstall(missing, 'there is no apt-get here');
  try {
    await run(apt[0], [...apt.slice(1), 'update', '-qq']);
    for (const name of missing) {
      if (name === PROVIDER.name && !(await isOffered(name))) await installBackport(apt, name);
      else await install(apt, name);
    }
  } catch (cause) {
    throw cannotInstall(missing, 'apt-get failed, most likely for want of rights', cause);
  }
  const still = missingParts();
  if (still.length > 0) throw cannotInstall(still, 'apt-get installed them somewhere else');
}

function missingParts(): string[] {
  return [...PARTS, PROVIDER].filter(({ isThere }) => !isThere()).map(({ name }) => name);
}

/** Whether the machine's own sources have a package. */
async function isOffered(name: string): Promise<boolean> {
  const { stdout } = await run('apt-cache', ['policy', name], { env: { ...process.env, LC_ALL: 'C' } });
  return /Candidate: [^(\s]/.test(stdout);
}

async function install(apt: readonly [string, ...string[]], name: string): Promise<void> {
  await run(apt[0], [...apt.slice(1), 'install', '-y', '-qq', '--no-install-recommends', name], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Finds a file below the directories for libraries of Debian and others. */
export function findLibrary(path: string): string | undefined {
  const multiarch = readdirSync('/usr/lib').filter((name) => name.includes('-linux-'));
  const roots = [...multiarch.map((name) => `/usr/lib/${name}`), '/usr/lib64', '/usr/lib'];
  return roots.map((root) => join(root, path)).find((file) => existsSync(file));
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
