import { describe, expect, it } from 'vitest';
import type { Manifest } from '../workspace.ts';
import { type PackageSources, violationsOf } from './violations-of.ts';

const pack = (name: string, rest: Partial<Manifest> = {}, sources: Record<string, string> = {}): PackageSources => ({
  directory: `packages/${name.replace('@bsm/', '')}`,
  manifest: { name, ...rest },
  sources,
});

const masking = pack('@bsm/masking');
const testing = pack('@bsm/testing');
const core = pack('@bsm/core-cache', { dependencies: { '@bsm/masking': 'workspace:^' } });
const uses = (code: string, path = 'src/a.ts', rest: Partial<Manifest> = {}): string[] => {
  const dependencies = { '@bsm/core-cache': 'workspace:^' };
  const assumeRole = pack('@bsm/assume-role', { dependencies, ...rest }, { [path]: code });
  return violationsOf([masking, testing, core, pack('@bsm/identity'), pack('@bsm/iot'), assumeRole], ['vitest']);
};

describe('violationsOf', () => {
  it('accepts imports along the table', () => {
    expect(uses("import { createSession } from '@bsm/core-cache'; import './b.js'; import 'node:fs';")).toEqual([]);
  });

  it.each([
    {
      what: 'a sideways import',
      code: "import '@bsm/identity';",
      says: '@bsm/assume-role must not depend on @bsm/identity',
    },
    {
      what: 'a sideways type',
      code: "import type { A } from '@bsm/identity';",
      says: 'must not depend on @bsm/identity',
    },
    { what: 'a sideways import()', code: "() => import('@bsm/identity');", says: 'must not depend on @bsm/identity' },
    { what: 'a sideways type by import()', code: "type A = import('@bsm/identity').A;", says: 'must not depend on' },
    { what: 'a deep import', code: "import '@bsm/identity/dist/a.js';", says: 'must not depend on @bsm/identity' },
    { what: 'a relative import that leaves', code: "import '../../identity/src/a.js';", says: 'leaves the package' },
    {
      what: 'the testing package in a source',
      code: "import '@bsm/testing';",
      says: 'must not depend on @bsm/testing',
    },
    { what: 'its own name', code: "import '@bsm/assume-role';", says: 'imports itself by name' },
    { what: 'an undeclared package', code: "import '@aws-sdk/client-sts';", says: 'is not in dependencies' },
  ])('refuses $what', ({ code, says }) => {
    const violations = uses(code);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toContain('packages/assume-role/src/a.ts');
    expect(violations[0]).toContain(says);
  });

  it('refuses a source that imports a development dependency', () => {
    const rest = { devDependencies: { '@aws-sdk/client-s3': '3.0.0' } };
    expect(uses("import '@aws-sdk/client-s3';", 'src/a.ts', rest)).toHaveLength(1);
    expect(uses("import '@aws-sdk/client-s3';", 'src/a.test.ts', rest)).toEqual([]);
  });

  it('lets tests import the testing package, and nothing sideways', () => {
    const rest = { devDependencies: { '@bsm/testing': 'workspace:^' } };
    expect(uses("import '@bsm/testing'; import 'vitest';", 'src/a.test.ts', rest)).toEqual([]);
    expect(uses("import '@bsm/identity';", 'src/a.test.ts', rest)).toHaveLength(1);
    expect(uses("import 'esbuild';", 'src/a.test.ts', rest)).toHaveLength(1);
  });

  it.each(['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'] as const)(
    'refuses a sideways entry in %s',
    (field) => {
      const rest = { dependencies: {}, [field]: { '@bsm/identity': 'workspace:^' } };
      expect(uses('', 'src/a.ts', rest)).toEqual([
        'packages/assume-role/package.json: @bsm/assume-role must not depend on @bsm/identity',
      ]);
    },
  );

  it('lets an example import its own package by name', () => {
    expect(uses("import '@bsm/assume-role';", 'examples/a.ts')).toEqual([]);
    expect(uses("import '@bsm/identity';", 'examples/a.ts')).toHaveLength(1);
  });

  it('lets one file of services name types of clients that it does not declare, and no other', () => {
    const services = (code: string, path: string): string[] =>
      violationsOf([pack('@bsm/services', {}, { [path]: code })]);
    const type = "export type A = import('@aws-sdk/client-s3').A;";
    expect(services(type, 'src/service-registry.d.cts')).toEqual([]);
    expect(services(type, 'src/a.ts')).toHaveLength(1);
    expect(services("import '@aws-sdk/client-s3';", 'src/service-registry.d.cts')).toHaveLength(1);
    expect(services("export type A = import('@aws-sdk/core').A;", 'src/service-registry.d.cts')).toHaveLength(1);
  });

  it('refuses a package without a line in the table', () => {
    expect(violationsOf([pack('@bsm/new')])[0]).toContain('@bsm/new has no line');
  });

  it('refuses a cycle, also through development dependencies', () => {
    const cyclic = pack('@bsm/testing', { devDependencies: { '@bsm/core-cache': 'workspace:^' } });
    const dependent = pack('@bsm/core-cache', { devDependencies: { '@bsm/testing': 'workspace:^' } });
    expect(violationsOf([dependent, cyclic])).toContain('cycle: @bsm/core-cache -> @bsm/testing -> @bsm/core-cache');
  });

  it('lets only one entry of the umbrella import the heavy package', () => {
    const dependencies = { '@bsm/iot': 'workspace:^' };
    const umbrella = (path: string): string[] =>
      violationsOf([pack('@bsm/iot'), pack('bsm', { dependencies }, { [path]: "export { a } from '@bsm/iot';" })]);
    expect(umbrella('src/iot.ts')).toEqual([]);
    expect(umbrella('src/index.ts')[0]).toContain('only src/iot.ts may import it');
  });

  it.each([
    "import 'node:fs';",
    "import { join } from 'path';",
    "() => import('node:fs');",
    "import type { A } from 'node:fs';",
  ])('refuses any module of Node in masking: %s', (code) => {
    expect(violationsOf([pack('@bsm/masking', {}, { 'src/a.ts': code })])).toHaveLength(1);
  });

  it('lets the core reach modules of Node when they are used, not when it is loaded', () => {
    const inCore = (code: string): string[] => violationsOf([pack('@bsm/core-cache', {}, { 'src/a.ts': code })]);
    expect(inCore("() => import('node:async_hooks'); type A = import('node:http').Agent;")).toEqual([]);
    expect(inCore("() => process.getBuiltinModule('node:crypto');")).toEqual([]);
    expect(inCore("import type { Agent } from 'node:http';")).toEqual([]);
    expect(inCore("import { Agent } from 'node:http';")[0]).toContain('inside the function that needs them');
  });
});
