import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReport } from '../report.ts';
import { listSources, listWorkspace, ROOT, readManifest } from '../workspace.ts';
import { type PackageSources, violationsOf } from './violations-of.ts';

// The direction of dependencies, in manifests and in import statements. The table is in direction.ts.
const packages = listWorkspace().map(({ directory, manifest }): PackageSources => {
  const home = join(ROOT, directory);
  const paths = ['src', 'examples'].flatMap((part) => listSources(join(home, part)).map((path) => `${part}/${path}`));
  return {
    directory,
    manifest,
    sources: Object.fromEntries(paths.map((path) => [path, readFileSync(join(home, path), 'utf8')])),
  };
});
const tools = Object.keys(readManifest(ROOT).devDependencies ?? {});
createReport('dependencies').all(
  `${packages.length} packages, all imports in the right direction`,
  violationsOf(packages, tools),
);
