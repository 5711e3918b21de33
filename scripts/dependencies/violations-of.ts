import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Manifest } from '../workspace.ts';
import { DIRECTION, FOR_TESTS, NODE_MODULES, ONLY_FROM, SELF, TYPES_OF_OPTIONAL } from './direction.ts';
import { type Import, importsOf } from './imports-of.ts';

/** A package as the check sees it: its manifest and the text of its sources by path inside the package. */
export interface PackageSources {
  readonly directory: string;
  readonly manifest: Manifest;
  readonly sources: Readonly<Record<string, string>>;
}

/**
 * Lists what breaks the direction of dependencies, one sentence each. `tools` are the packages of the root that every test
 * may use without naming them in its own manifest.
 */
export function violationsOf(packages: readonly PackageSources[], tools: readonly string[] = []): string[] {
  const own = new Set(packages.map(({ manifest }) => manifest.name));
  const names: Names = { own, tools };
  return [...packages.flatMap((one) => [...inManifest(one, own), ...inSources(one, names)]), ...cyclesIn(packages)];
}

interface Names {
  /** The packages of this repository. */
  readonly own: ReadonlySet<string>;
  readonly tools: readonly string[];
}

function inManifest({ directory, manifest }: PackageSources, own: ReadonlySet<string>): string[] {
  if (isApplication(directory)) return [];
  const allowed = DIRECTION[manifest.name];
  if (allowed === undefined) return [`${manifest.name} has no line in scripts/dependencies/direction.ts`];
  const shipped = Object.keys(shippedDependencies(manifest)).filter((name) => own.has(name) && !allowed.includes(name));
  const forTests = [...allowed, ...FOR_TESTS];
  const others = Object.keys(manifest.devDependencies ?? {}).filter(
    (name) => own.has(name) && !forTests.includes(name),
  );
  return [...shipped, ...others].map(
    (name) => `${directory}/package.json: ${manifest.name} must not depend on ${name}`,
  );
}

function inSources(one: PackageSources, names: Names): string[] {
  return Object.entries(one.sources).flatMap(([path, text]) =>
    importsOf(path, text).flatMap((found) => {
      const reason = refusal(one, path, found, names);
      return reason === undefined ? [] : [`${one.directory}/${path}: '${found.specifier}': ${reason}`];
    }),
  );
}

function refusal(one: PackageSources, path: string, found: Import, { own, tools }: Names): string | undefined {
  if (found.specifier.startsWith('.')) {
    return posix.join(posix.dirname(path), found.specifier).startsWith('..') ? 'leaves the package' : undefined;
  }
  if (isBuiltin(found.specifier)) return isTest(path) ? undefined : nodeRefusal(one.manifest.name, found);
  if (isApplication(one.directory)) return undefined;
  const name = packageOf(found.specifier);
  if (name === one.manifest.name)
    return isExample(path) || SELF[name]?.includes(path) ? undefined : 'imports itself by name';
  if (own.has(name)) {
    const sideways = directionRefusal(one, path, name);
    if (sideways !== undefined) return sideways;
  }
  return isOptionalType(one.manifest.name, path, found) ? undefined : undeclared(one.manifest, path, name, tools);
}

function isOptionalType(name: string, path: string, { kind, specifier }: Import): boolean {
  const optional = TYPES_OF_OPTIONAL[name];
  return kind === 'type' && optional?.file === path && optional.packages.test(specifier);
}

function nodeRefusal(name: string, { kind }: Import): string | undefined {
  const rule = NODE_MODULES[name];
  if (rule === 'nowhere') return `${name} uses no API of Node`;
  if (rule === 'when-used' && kind === 'static')
    return `${name} reaches modules of Node inside the function that needs them`;
  return undefined;
}

function directionRefusal({ manifest }: PackageSources, path: string, name: string): string | undefined {
  const allowed = DIRECTION[manifest.name] ?? [];
  if (isTest(path) ? [...allowed, ...FOR_TESTS].includes(name) : allowed.includes(name)) {
    const only = ONLY_FROM[manifest.name]?.[name];
    return only === undefined || path === only ? undefined : `only ${only} may import it`;
  }
  return `${manifest.name} must not depend on ${name}`;
}

function undeclared(manifest: Manifest, path: string, name: string, tools: readonly string[]): string | undefined {
  if (name in shippedDependencies(manifest)) return undefined;
  if (!isTest(path)) return 'is not in dependencies of package.json';
  return name in (manifest.devDependencies ?? {}) || tools.includes(name) ? undefined : 'is not in package.json';
}

function shippedDependencies(manifest: Manifest): Readonly<Record<string, string>> {
  return { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies };
}

/** Tests and examples are not published, so they may use what users do not install. */
function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path) || /(^|\/)fixtures\//.test(path) || isExample(path);
}

/** Examples are written as a user writes them: the package by its name. */
function isExample(path: string): boolean {
  return path.startsWith('examples/');
}

function isApplication(directory: string): boolean {
  return !directory.startsWith('packages/');
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function cyclesIn(packages: readonly PackageSources[]): string[] {
  const edges = new Map(packages.map(({ manifest }) => [manifest.name, Object.keys(everyDependency(manifest))]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) cycles.push(`cycle: ${[...trail.slice(trail.indexOf(name)), name].join(' -> ')}`);
    if (trail.includes(name) || done.has(name)) return;
    for (const next of edges.get(name) ?? []) visit(next, [...trail, name]);
    done.add(name);
  };
  for (const name of edges.keys()) visit(name, []);
  return cycles;
}

function everyDependency(manifest: Manifest): Readonly<Record<string, string>> {
  return { ...shippedDependencies(manifest), ...manifest.devDependencies };
}
