import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BsmError } from '@bsm/core-cache';
import type { FoundService } from './find-service.js';
import { searchPlaces } from './search-places.js';

/** The installed package of a service. */
export interface InstalledPackage {
  /** The file that `require` loads for it. */
  readonly path: string;
  readonly version: string | undefined;
  readonly require: NodeJS.Require;
}

/** The major version of the AWS SDK for JavaScript that this package knows. */
const MAJOR = '3';

/**
 * Finds the package of a service as installed by the user, without loading it.
 *
 * @throws BsmError `ERR_BSM_PEER_MISSING` with the command that installs it, `ERR_BSM_PEER_UNSUPPORTED` for another major version.
 */
export function findPackage(service: FoundService, from: string | undefined): InstalledPackage {
  const { packageName } = service.entry;
  const places = from === undefined ? searchPlaces() : [from];
  for (const place of places) {
    // Of a file or a directory: what is asked for is never found inside a file, and then beside it.
    const require = createRequire(join(place, 'from-here.js'));
    const path = resolve(require, service);
    if (path === undefined) continue;
    const version = versionOf(require, path);
    const major = version?.split('.', 1)[0];
    if (major !== undefined && major !== MAJOR) {
      throw peerUnsupported(
        service,
        version,
        `is of another major version than ${MAJOR}. Install ${packageName}@^${MAJOR}`,
      );
    }
    return { path, version, require };
  }
  throw peerMissing(service, places);
}

/** Makes the error of a package that is there and cannot be used. */
export function peerUnsupported(
  { name, entry: { packageName } }: FoundService,
  version: string | undefined,
  problem: string,
  cause?: unknown,
): BsmError {
  const found = version === undefined ? packageName : `${packageName}@${version}`;
  return new BsmError('ERR_BSM_PEER_UNSUPPORTED', `The installed ${found} ${problem}.`, {
    details: { service: name, packageName, version },
    cause,
  });
}

function resolve(require: NodeJS.Require, service: FoundService): string | undefined {
  try {
    return require.resolve(service.entry.packageName);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'MODULE_NOT_FOUND') return undefined;
    throw peerUnsupported(service, undefined, 'cannot be resolved', error);
  }
}

/** The version in the nearest manifest above a file that states one; inner ones only tell the format of modules. */
function versionOf(require: NodeJS.Require, path: string): string | undefined {
  for (let directory = dirname(path); directory !== dirname(directory); directory = dirname(directory)) {
    const version = readVersion(require, join(directory, 'package.json'));
    if (version !== undefined) return version;
  }
  return undefined;
}

function readVersion(require: NodeJS.Require, manifest: string): string | undefined {
  try {
    const { version } = require(manifest) as { version?: unknown };
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}

function peerMissing({ name, entry: { packageName, confirmed } }: FoundService, places: readonly string[]): BsmError {
  const command = `npm install ${packageName}`;
  const where = places.length > 0 ? '' : ' No main module is known here: pass resolveFrom, such as import.meta.url.';
  const doubt = confirmed ? '' : ' It could not be confirmed that this package is published.';
  return new BsmError(
    'ERR_BSM_PEER_MISSING',
    `The client of "${name}" is not installed. Run: ${command}.${doubt}${where} In a bundle pass services: { ${name}: () => import('${packageName}') }.`,
    { details: { service: name, packageName, command, searched: places } },
  );
}
