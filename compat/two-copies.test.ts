import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runNode } from './run-node.ts';

const DIRECTORY = fileURLToPath(new URL('.', import.meta.url));

it('the ES modules and the CommonJS modules in one process are one library', async () => {
  const { status, stdout, stderr } = await runNode(['programs/two-copies.mjs'], { cwd: DIRECTORY });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const report = JSON.parse(stdout) as Record<string, boolean>;
  expect(Object.keys(report)).toHaveLength(9);
  expect(Object.entries(report).filter(([, holds]) => !holds)).toEqual([]);
});
