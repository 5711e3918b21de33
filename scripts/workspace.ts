import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the repository. */
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url));

/** What this project reads of a `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly repository?: { readonly directory?: string };
  readonly packageManager?: string;
}

/** One package of the workspace. `directory` is relative to the root, with `/` between its parts. */
export interface WorkspacePackage {
  readonly directory: string;
  readonly manifest: Manifest;
}

/** Reads the packages of the workspace: `packages/*`, `apps/*`, `compat` and `interop`, sorted by directory. */
export function listWorkspace(root: string = ROOT): WorkspacePackage[] {
  return [...childrenOf(root, 'packages'), ...childrenOf(root, 'apps'), 'compat', 'interop']
    .filter((directory) => existsSync(join(root, directory, 'package.json')))
    .map((directory) => ({ directory, manifest: readManifest(join(root, directory)) }));
}

/** The packages that are published. */
export function listPublished(root: string = ROOT): WorkspacePackage[] {
  return listWorkspace(root).filter(({ manifest }) => manifest.private !== true);
}

/** Reads the `package.json` of a directory. */
export function readManifest(directory: string): Manifest {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;
}

/** Lists the TypeScript files below a directory, as paths relative to it with `/` between their parts. */
export function listSources(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[mc]?tsx?$/.test(entry.name))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
    .sort();
}

function childrenOf(root: string, parent: string): string[] {
  if (!existsSync(join(root, parent))) return [];
  return readdirSync(join(root, parent))
    .sort()
    .map((name) => `${parent}/${name}`);
}
