import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ERROR_CODES } from './error-codes.js';
import { formatErrorsDocument } from './fixtures/format-errors-document.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Codes that are in the sources of the packages as literals, without the table itself, with one of the files that use each. */
function codesInUse(): Map<string, string> {
  const used = new Map<string, string>();
  for (const file of sources()) {
    const text = readFileSync(join(ROOT, file), 'utf8');
    for (const [, code] of text.matchAll(/'(ERR_BSM_[A-Z\d_]+)'/g)) used.set(code!, file);
  }
  return used;
}

function sources(): string[] {
  return readdirSync(join(ROOT, 'packages'))
    .flatMap((name) => filesIn(`packages/${name}/src`))
    .filter((path) => path.endsWith('.ts') && !/\.test(-d)?\.ts$|\/fixtures\/|\/error-codes\.ts$/.test(path));
}

function filesIn(directory: string): string[] {
  if (!existsSync(join(ROOT, directory))) return [];
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' }).map(
    (path) => `${directory}/${path}`,
  );
}

test('docs/errors.md is the table; if not, run: node scripts/write-errors-doc.ts', () => {
  expect(readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')).toBe(formatErrorsDocument(ERROR_CODES));
});

test('every code that a package uses is in the table', () => {
  const used = codesInUse();
  expect(used.size).toBeGreaterThan(15);
  expect([...used].filter(([code]) => !Object.hasOwn(ERROR_CODES, code))).toEqual([]);
});

test('every code in the table is used by a package', () => {
  const used = codesInUse();
  expect(Object.keys(ERROR_CODES).filter((code) => !used.has(code))).toEqual([]);
});

test.each(Object.entries(ERROR_CODES))('%s says what it means and what to do, in sentences', (_code, entry) => {
  expect([true, false, 'depends']).toContain(entry.retryable);
  for (const text of [entry.meaning, entry.action]) expect(text).toMatch(/^[A-Z][^|\n]+\.$/);
});

test('a cell cannot break the table', () => {
  const document = formatErrorsDocument({ X: { retryable: true, meaning: 'a|b', action: 'c' } });
  expect(document).toContain('| <a id="X"></a>`X` | yes | a\\|b | c |\n');
});
