import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { contentsProblems, type PublishedManifest } from './contents-problems.ts';

const MANIFEST: PublishedManifest = {
  name: '@bsm/masking',
  sideEffects: false,
  license: 'Apache-2.0',
  engines: { node: '>=20.19' },
  repository: { directory: 'packages/masking' },
};
const map = (source: unknown): string => JSON.stringify({ sources: [source], sourcesContent: ['code'] });
const FILES: Readonly<Record<string, string>> = {
  'package.json': '{}',
  'README.md': '# Masking',
  LICENSE: 'text',
  'dist/index.js': 'code',
  'dist/index.js.map': map('../src/a.ts'),
  'dist/index.cjs': 'code',
  'dist/index.cjs.map': map('../src/a.ts'),
  'dist/index.d.ts': 'types',
  'dist/index.d.cts': 'types',
};
const problems = (manifest: object, files: Record<string, string | undefined> = {}): string[] => {
  const present = Object.entries({ ...FILES, ...files }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return contentsProblems('packages/masking', { ...MANIFEST, ...manifest }, Object.fromEntries(present));
};

describe('contentsProblems', () => {
  it('accepts a package in order', () => {
    expect(problems({})).toEqual([]);
  });

  it.each([
    { what: 'side effects', manifest: { sideEffects: true }, says: 'sideEffects' },
    {
      what: 'another directory',
      manifest: { repository: { directory: 'packages/other' } },
      says: 'repository.directory',
    },
    { what: 'no licence', manifest: { license: undefined }, says: 'license' },
    { what: 'no engines', manifest: { engines: undefined }, says: 'engines' },
    { what: 'a workspace range', manifest: { dependencies: { a: 'workspace:^' } }, says: 'workspace:' },
  ])('refuses a manifest with $what', ({ manifest, says }) => {
    expect(problems(manifest)).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    { what: 'no README', files: { 'README.md': undefined }, says: 'README.md is missing' },
    { what: 'no LICENSE', files: { LICENSE: undefined }, says: 'LICENSE is missing' },
    { what: 'no CommonJS types', files: { 'dist/index.d.cts': undefined }, says: 'dist/index.d.cts is missing' },
    { what: 'no source map', files: { 'dist/index.js.map': undefined }, says: 'dist/index.js.map is missing' },
    { what: 'a test', files: { 'dist/a.test.ts': 'code' }, says: 'must not be published' },
    { what: 'an environment file', files: { '.env': 'A=1' }, says: 'must not be published' },
    { what: 'an absolute source', files: { 'dist/index.js.map': map('/builds/a.ts') }, says: 'is not a file of src/' },
    {
      what: 'a source elsewhere',
      files: { 'dist/index.js.map': map('../../other/src/a.ts') },
      says: 'is not a file of src/',
    },
    {
      what: 'a map without sources',
      files: { 'dist/index.js.map': '{"sources":["../src/a.ts"]}' },
      says: 'its sources',
    },
    { what: 'a registry', files: { 'README.md': ['registry', 'npmjs', 'org'].join('.') }, says: 'registry' },
  ])('refuses files with $what', ({ files, says }) => {
    expect(problems({}, files)).toEqual([expect.stringContaining(says)]);
  });

  it('refuses a file that names the home directory of the builder', () => {
    expect(problems({}, { 'dist/index.js': `open("${homedir()}/project/a.js")` }).length).toBeGreaterThan(0);
  });
});
