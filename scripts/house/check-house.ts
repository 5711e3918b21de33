import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReport } from '../report.ts';
import { ROOT } from '../workspace.ts';
import { findForbidden, IDLE_TESTS, MACHINE_PATHS, REGISTRY_HOSTS, SECRETS } from './forbidden-text.ts';

// Reads every file that is committed, or would be: nothing in it may come from one machine, name a registry, hold a secret or
// leave a test out.
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
const files = listed
  .toString()
  .split('\0')
  .filter((file) => file !== '' && existsSync(join(ROOT, file)));

const problems = files.flatMap((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  if (text.includes('\0')) return [];
  const rules = [...MACHINE_PATHS, ...REGISTRY_HOSTS, ...SECRETS, ...(/\.test(-d)?\.ts$/.test(file) ? IDLE_TESTS : [])];
  return findForbidden(text, rules).map((found) => `${file}:${found}`);
});

createReport('house').all(
  `${files.length} files without machine paths, registry hosts, secrets or idle tests`,
  problems,
);
