import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program or library that the tests use, by the package of Debian that has it. */
export interface Part {
  readonly name: string;
  readonly isThere: () => boolean;
}

/** The PKCS#11 module of SoftHSM in Debian and Ubuntu. */
export const SOFTHSM_MODULE = '/usr/lib/softhsm/libsofthsm2.so';

export const PARTS: readonly Part[] = [
  { name: 'mosquitto', isThere: () => onPath('mosquitto') },
  { name: 'softhsm2', isThere: () => onPath('softhsm2-util') && existsSync(SOFTHSM_MODULE) },
  { name: 'opensc', isThere: () => onPath('pkcs11-tool') },
  { name: 'libengine-pkcs11-openssl', isThere: () => findLibrary('engines-3/pkcs11.so') !== undefined },
  { name: 'openssl', isThere: () => onPath('openssl') },
  { name: 'p11-kit', isThere: () => onPath('p11-kit') },
  { name: 'p11-kit-modules', isThere: () => findLibrary('pkcs11/p11-kit-client.so') !== undefined },
];

/**
 * OpenSSL's PKCS#11 provider: not in Debian 12 itself but in its backports, and too old in Ubuntu 24.04: keys as PEM need version 0.4.
 * Its tests are left out where it cannot be had.
 */
export const PROVIDER: Part = {
  name: 'pkcs11-provider',
  isThere: () => findLibrary('ossl-modules/pkcs11.so') !== undefined && !/^0\.[0-3]\b/.test(providerVersion()),
};

/** Finds a file below the directories for libraries of Debian and others. */
export function findLibrary(path: string): string | undefined {
  const multiarch = existsSync('/usr/lib') ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-')) : [];
  const roots = [...multiarch.map((name) => `/usr/lib/${name}`), '/usr/lib64', '/usr/lib'];
  return roots.map((root) => join(root, path)).find((file) => existsSync(file));
}

function onPath(program: string): boolean {
  const directories = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  return directories.some((directory) => existsSync(join(directory, program)));
}

/** The version of the package; empty for what did not come from one. */
function providerVersion(): string {
  try {
    const text = execFileSync('dpkg', ['--status', 'pkcs11-provider'], { encoding: 'utf8', stdio: 'pipe' });
    return /^Version: (\S+)/m.exec(text)?.[1] ?? '';
  } catch {
    return '';
  }
}
