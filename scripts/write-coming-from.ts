import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMING_FROM, formatComingFrom } from '../packages/bsm/src/fixtures/coming-from-tables.ts';
import { ROOT } from './workspace.ts';

// A test of bsm fails while the README differs from the programs, which it runs.
const readme = join(ROOT, 'packages/bsm/README.md');
const tables = formatComingFrom((file) => readFileSync(join(ROOT, 'packages/bsm/coming-from', file), 'utf8'));
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(COMING_FROM, () => tables),
);
