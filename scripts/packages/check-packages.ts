import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReport } from '../report.ts';
import { compileProblems, installConsumer, loadProblems } from './consumer.ts';
import { contentsProblems } from './contents-problems.ts';
import { packAll, readPacked } from './pack-all.ts';
import { publintProblems } from './publint-problems.ts';
import { typeResolutionProblems } from './type-resolution-problems.ts';

// Every published package as its users get it: packed, looked into, installed with npm, loaded and compiled. Needs a build.
const directory = mkdtempSync(join(tmpdir(), 'bsm-packages-'));
try {
  const packages = packAll(directory);
  for (const one of packages) {
    const report = createReport(one.manifest.name);
    const files = readPacked(one);
    const bytes = Object.values(files).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    report.all(
      `${Object.keys(files).length} files, ${bytes} B, in order`,
      contentsProblems(one.directory, one.manifest, files),
    );
    report.all('publint finds nothing', await publintProblems(one));
    report.all('are-the-types-wrong finds nothing', await typeResolutionProblems(one));
  }
  const consumer = join(directory, 'consumer');
  installConsumer(consumer, packages);
  const loads = loadProblems(
    consumer,
    packages.map(({ manifest }) => manifest.name),
  );
  for (const [name, problems] of Object.entries(loads)) {
    createReport(name).all('loads by import and by require with the same exports, on the oldest Node', problems);
  }
  createReport('consumer').all(
    'compiles with nodenext and bundler, skipLibCheck off',
    compileProblems(consumer, packages),
  );
} finally {
  rmSync(directory, { recursive: true, force: true });
}
