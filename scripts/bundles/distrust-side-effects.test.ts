import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distrustSideEffects } from './distrust-side-effects.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'bsm-side-effects-'));
  mkdirSync(join(directory, 'node_modules/claims'), { recursive: true });
  const manifest = { name: 'claims', type: 'module', sideEffects: false, exports: './index.js' };
  writeFileSync(join(directory, 'node_modules/claims/package.json'), JSON.stringify(manifest));
});

afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true, force: true });
});

async function bundled(code: string): Promise<string> {
  writeFileSync(join(directory, 'node_modules/claims/index.js'), code);
  const stdin = { contents: "import 'claims';", resolveDir: directory };
  const plugins = [distrustSideEffects];
  const result = await build({
    stdin,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
    plugins,
  });
  return result.outputFiles[0]?.text ?? '';
}

describe('distrustSideEffects', () => {
  it.each([
    'export const cache = new Map(); cache.set(1, 2);',
    'export const session = create(); function create() { return globalThis.process.env; }',
    'export class A { static { globalThis.a = 1; } }',
    "import { STS } from '@aws-sdk/client-sts'; export const sts = new STS();",
  ])('keeps what runs: %s', async (code) => {
    expect(await bundled(code)).not.toBe('');
  });

  it.each([
    'export const create = () => new Map();',
    'export const session = /* @__PURE__ */ create(); function create() { return {}; }',
    'export class A extends Error { code = 1; }',
    "import { STS } from '@aws-sdk/client-sts'; export const make = () => new STS();",
    "export const TABLE = { a: ['b', /c/] };",
  ])('drops what only defines: %s', async (code) => {
    expect(await bundled(code)).toBe('');
  });
});
