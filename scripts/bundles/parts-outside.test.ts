import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { partsOutside } from './parts-outside.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'bsm-parts-'));
  const home = join(directory, 'node_modules/@acme/tool');
  mkdirSync(home, { recursive: true });
  const exports = { '.': './index.js', './part': './part.js' };
  writeFileSync(join(home, 'package.json'), JSON.stringify({ name: '@acme/tool', type: 'module', exports }));
  writeFileSync(join(home, 'index.js'), "export const use = () => import('@acme/tool/part');");
  writeFileSync(join(home, 'part.js'), "export const part = 'the part';");
});

afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true, force: true });
});

it.each([
  ['what is loaded when it is used', "export { use } from '@acme/tool';", false],
  ['not what is imported', "export { part } from '@acme/tool/part';", true],
])('leaves outside %s', async (_, contents, isInside) => {
  const result = await build({
    stdin: { contents, resolveDir: directory },
    bundle: true,
    write: false,
    format: 'esm',
    plugins: [partsOutside],
  });
  expect(result.outputFiles[0]?.text.includes('the part')).toBe(isInside);
});
