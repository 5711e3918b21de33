import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from './workspace.ts';

const bin = (name: string): string => join(ROOT, 'node_modules/.bin', name);
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'planted-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(directory, '.oxlintrc.json'));
  const compilerOptions = { strict: true, target: 'ES2022', module: 'NodeNext', noEmit: true, types: [] };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

function lint(code: string): { readonly status: number | null; readonly output: string } {
  writeFileSync(join(directory, 'planted.ts'), `${code}\nexport {};\n`);
  const { status, stdout } = spawnSync(bin('oxlint'), ['--type-aware', '--deny-warnings', '--format', 'unix'], {
    cwd: directory,
    encoding: 'utf8',
  });
  return { status, output: stdout };
}

describe('the linter', () => {
  it.each([
    { rule: 'no-floating-promises', code: 'const save = async (): Promise<void> => {}; save();' },
    { rule: 'no-floating-promises', code: 'declare const client: { send(): Promise<number> }; client.send();' },
    {
      rule: 'no-misused-promises',
      code: 'const save = async (): Promise<boolean> => true; if (save()) save satisfies unknown;',
    },
    { rule: 'no-misused-promises', code: 'export const run = (list: number[]) => list.forEach(async () => {});' },
    { rule: 'await-thenable', code: 'export const run = async (): Promise<void> => { await 1; };' },
  ])('finds $rule in: $code', ({ rule, code }) => {
    const { status, output } = lint(code);
    expect(output).toContain(rule);
    expect(status).toBe(1);
  });

  it('accepts promises that are awaited, returned or dropped on purpose', () => {
    const { status, output } = lint('const save = async (): Promise<void> => {}; await save(); void save();');
    expect(output).not.toContain('promises');
    expect(status).toBe(0);
  });
});
