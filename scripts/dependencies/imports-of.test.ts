import { describe, expect, it } from 'vitest';
import { importsOf } from './imports-of.ts';

describe('importsOf', () => {
  it.each([
    { code: "import { a } from 'x';", kind: 'static' },
    { code: "import 'x';", kind: 'static' },
    { code: "import { type A } from 'x';", kind: 'static' },
    { code: "export { a } from 'x';", kind: 'static' },
    { code: "export * from 'x';", kind: 'static' },
    { code: "import a = require('x');", kind: 'static' },
    { code: "import type { A } from 'x';", kind: 'type' },
    { code: "export type { A } from 'x';", kind: 'type' },
    { code: "type A = import('x').A;", kind: 'type' },
    { code: "const a = async () => import('x');", kind: 'dynamic' },
    { code: 'const a = async () => import(`x`);', kind: 'dynamic' },
    { code: "const a = require('x');", kind: 'dynamic' },
    { code: "const a = require.resolve('x');", kind: 'dynamic' },
    { code: "const a = import.meta.resolve('x');", kind: 'dynamic' },
    { code: "const a = process.getBuiltinModule('x');", kind: 'dynamic' },
  ])('finds $kind: $code', ({ code, kind }) => {
    expect(importsOf('a.ts', code)).toEqual([{ specifier: 'x', kind }]);
  });

  it.each([
    "// import 'x'",
    'const a = "import(\'x\')";',
    "Promise.resolve('x');",
    'const a = (name: string) => import(name);',
  ])('finds nothing in %s', (code) => {
    expect(importsOf('a.ts', code)).toEqual([]);
  });
});
