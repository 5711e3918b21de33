import { readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BsmError } from '@bsm/core-cache';

/**
 * Returns the config file that a process with this environment would read, with one more profile at its end: empty but for a region.
 *
 * @throws BsmError `ERR_BSM_CONFIG_INVALID` for a file that cannot be read.
 */
export function configWithProfile(
  base: NodeJS.ProcessEnv,
  profile: string,
  region: string | undefined,
  findHome: () => string = homedir,
): Buffer {
  const added = [`\n[profile ${profile}]`, ...(region === undefined ? [] : [`region = ${region}`]), ''];
  // As bytes: whatever it holds, it stays as it is.
  return Buffer.concat([readConfig(configPath(base, findHome)), Buffer.from(added.join('\n'))]);
}

function configPath(base: NodeJS.ProcessEnv, findHome: () => string): string {
  const home = base['HOME'] || base['USERPROFILE'] || systemHome(findHome);
  const path = base['AWS_CONFIG_FILE'];
  return path ? path.replace(/^~(?=[/\\])/, home) : join(home, '.aws', 'config');
}

/** A user whom the system does not know, as in many containers, has none; the AWS tools take `~` for a name then. */
function systemHome(findHome: () => string): string {
  try {
    return findHome();
  } catch {
    return '~';
  }
}

/** What is absent or no regular file (the null device, a directory) counts as empty, as it does for the AWS tools. */
function readConfig(path: string): Buffer {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path) : Buffer.alloc(0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return Buffer.alloc(0);
    throw new BsmError(
      'ERR_BSM_CONFIG_INVALID',
      `The AWS configuration file ${path} is not usable: it cannot be read.`,
      { details: { path }, cause: error },
    );
  }
}
