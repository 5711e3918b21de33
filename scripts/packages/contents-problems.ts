import { homedir, hostname, tmpdir } from 'node:os';
import { posix } from 'node:path';
import { findForbidden, MACHINE_PATHS, REGISTRY_HOSTS, SECRETS } from '../house/forbidden-text.ts';
import { type Manifest, ROOT } from '../workspace.ts';

const ALLOWED = /^(dist\/[\w./-]+\.(js|cjs|d\.ts|d\.cts|map)|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;

/** A manifest with what matters to those who install the package. */
export interface PublishedManifest extends Manifest {
  readonly sideEffects?: unknown;
  readonly license?: unknown;
  readonly engines?: { readonly node?: string };
}

/** Lists what is wrong with the files of one packed package. `directory` is its place in the repository. */
export function contentsProblems(
  directory: string,
  manifest: PublishedManifest,
  files: Readonly<Record<string, string>>,
): string[] {
  return [...manifestProblems(directory, manifest), ...missing(files), ...Object.entries(files).flatMap(fileProblems)];
}

function manifestProblems(directory: string, manifest: PublishedManifest): string[] {
  const problems: string[] = [];
  if (manifest.repository?.directory !== directory)
    problems.push(`package.json: repository.directory is not ${directory}`);
  if (manifest.sideEffects !== false) problems.push('package.json: sideEffects is not false');
  if (typeof manifest.license !== 'string') problems.push('package.json: no license');
  if (manifest.engines?.node === undefined) problems.push('package.json: no engines.node');
  if (JSON.stringify(manifest).includes('workspace:'))
    problems.push('package.json: a workspace: range was not replaced');
  return problems;
}

function missing(files: Readonly<Record<string, string>>): string[] {
  const needed = [
    'README.md',
    'LICENSE',
    'package.json',
    'dist/index.js',
    'dist/index.cjs',
    'dist/index.d.ts',
    'dist/index.d.cts',
  ];
  const maps = Object.keys(files).filter((path) => /^dist\/.*\.c?js$/.test(path));
  return [...needed, ...maps.map((path) => `${path}.map`)]
    .filter((path) => !(path in files))
    .map((path) => `${path} is missing`);
}

function fileProblems([path, text]: [string, string]): string[] {
  const problems = ALLOWED.test(path) ? [] : ['must not be published'];
  for (const value of machineValues()) {
    if (text.includes(value)) problems.push('names the machine that built it');
  }
  problems.push(...findForbidden(text, [...MACHINE_PATHS, ...REGISTRY_HOSTS, ...SECRETS]));
  if (path.endsWith('.map')) problems.push(...mapProblems(path, text));
  return problems.map((problem) => `${path}: ${problem}`);
}

/** What only this machine is called. Short and common names would be found in innocent text. */
function machineValues(): string[] {
  return [ROOT.replace(/\/$/, ''), homedir(), tmpdir(), hostname()].filter(
    (value) => value.length > 5 && !['localhost', '/root', '/tmp'].includes(value),
  );
}

function mapProblems(path: string, text: string): string[] {
  const map = JSON.parse(text) as { sources?: unknown[]; sourcesContent?: unknown[]; sourceRoot?: string };
  const sources = map.sources ?? [];
  const strange = sources.filter((source) => {
    if (typeof source !== 'string') return true;
    return !posix.join(posix.dirname(path), map.sourceRoot ?? '', source).startsWith('src/');
  });
  const problems = strange.map((source) => `source ${JSON.stringify(source)} is not a file of src/`);
  if (map.sourcesContent?.length !== sources.length) problems.push('does not contain its sources');
  return problems;
}
