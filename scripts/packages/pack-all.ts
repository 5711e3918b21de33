import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listPublished, type Manifest, ROOT, readManifest } from '../workspace.ts';

/** A package as it would be published. */
export interface PackedPackage {
  /** Its directory in the repository, relative to the root. */
  readonly directory: string;
  readonly tarball: string;
  /** Where the tarball was unpacked. */
  readonly unpacked: string;
  /** The manifest inside the tarball. */
  readonly manifest: Manifest;
}

/** Packs every published package with pnpm, as a release does, and unpacks each tarball beside it. */
export function packAll(destination: string): PackedPackage[] {
  const tarballs = join(destination, 'tarballs');
  mkdirSync(tarballs, { recursive: true });
  const filters = listPublished().map(({ manifest }) => `--filter=${manifest.name}`);
  pnpm([...filters, '-r', 'pack', '--pack-destination', tarballs]);
  return listPublished().map(({ directory, manifest }) => {
    const name = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    const tarball = join(tarballs, name);
    const unpacked = join(destination, 'unpacked', manifest.name);
    mkdirSync(unpacked, { recursive: true });
    execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components=1']);
    return { directory, tarball, unpacked, manifest: readManifest(unpacked) };
  });
}

/** Reads every file of an unpacked package as text, by its path inside the package. */
export function readPacked({ unpacked }: PackedPackage): Readonly<Record<string, string>> {
  const files = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(unpacked.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

function pnpm(args: readonly string[]): void {
  // pnpm is started by npx, so it need not be on the PATH.
  const { packageManager = 'pnpm' } = readManifest(ROOT);
  execFileSync('npx', ['-y', packageManager, ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
}
