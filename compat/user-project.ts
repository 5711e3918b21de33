import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A project of somebody who installed some packages of this repository, as they are built, and some clients of the SDK. */
export interface UserProject {
  readonly directory: string;
  path(...parts: readonly string[]): string;
  /** Writes a file and returns its path. */
  write(path: string, text: string): string;
  remove(): void;
}

export interface UserProjectOptions {
  /** Packages of this repository; those that they depend on come along. */
  readonly packages: readonly string[];
  /** Packages that `compat` has, such as `@aws-sdk/client-s3`. */
  readonly clients?: readonly string[];
  /**
   * Where packages are. `npm`: all in one directory. `pnpm`: those of this repository are links into a store in which each sees
   * only its own dependencies, as the clients always are.
   */
  readonly layout?: 'npm' | 'pnpm';
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);

/** Makes the project in a directory of its own, with nothing of this repository above it. */
export function createUserProject({ packages, clients = [], layout = 'npm' }: UserProjectOptions): UserProject {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'bsm-compat-')));
  const modules = join(directory, 'node_modules');
  const path = (...parts: readonly string[]): string => join(directory, ...parts);
  for (const name of [...clients, '@types/node']) link(directoryOf(name), join(modules, name));
  const own = withDependencies(packages);
  for (const name of own) {
    const home = layout === 'npm' ? join(modules, name) : join(storeOf(modules, name), name);
    copyPackage(name, home);
    // Dependencies of a package are beside it in the store, and otherwise below it, so that they are no clients of the project.
    const beside = layout === 'npm' ? join(home, 'node_modules') : storeOf(modules, name);
    for (const dependency of dependenciesOf(name)) {
      if (!dependency.startsWith('@bsm/'))
        link(directoryOf(dependency, packageDirectory(name)), join(beside, dependency));
      else if (layout === 'pnpm') link(join(storeOf(modules, dependency), dependency), join(beside, dependency));
    }
  }
  if (layout === 'pnpm') for (const name of packages) link(join(storeOf(modules, name), name), join(modules, name));
  return {
    directory,
    path,
    write(relative, text) {
      mkdirSync(dirname(path(relative)), { recursive: true });
      writeFileSync(path(relative), text);
      return path(relative);
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function storeOf(modules: string, name: string): string {
  return join(modules, '.pnpm', `${name.replace('/', '+')}@0.0.0`, 'node_modules');
}

function packageDirectory(name: string): string {
  return join(REPOSITORY, 'packages', name.replace('@bsm/', ''));
}

function copyPackage(name: string, home: string): void {
  for (const part of ['package.json', 'dist'])
    cpSync(join(packageDirectory(name), part), join(home, part), { recursive: true });
}

function dependenciesOf(name: string): string[] {
  const manifest = JSON.parse(readFileSync(join(packageDirectory(name), 'package.json'), 'utf8')) as Manifest;
  return Object.keys(manifest.dependencies ?? {});
}

function withDependencies(names: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name) || !(name === 'bsm' || name.startsWith('@bsm/'))) return;
    found.add(name);
    dependenciesOf(name).forEach(add);
  };
  names.forEach(add);
  return [...found];
}

/** The real directory of a package that `compat`, or another package, has installed. */
function directoryOf(name: string, from?: string): string {
  const places = from === undefined ? require.resolve.paths(name) : [join(from, 'node_modules')];
  for (const place of places ?? []) {
    try {
      return realpathSync(join(place, name));
    } catch {}
  }
  throw new Error(`${name} is not installed for ${from ?? 'compat'}.`);
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'junction');
}
