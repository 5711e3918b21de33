import { defineConfig } from 'tsup';

/** The build of every published package: one entry, ESM and CommonJS, declarations for both, source maps. */
export const lib = (entry: string[] = ['src/index.ts']): ReturnType<typeof defineConfig> =>
  defineConfig({
    entry,
    format: ['esm', 'cjs'],
    target: 'node20',
    platform: 'node',
    dts: true,
    sourcemap: true,
    clean: true,
    // Not tsconfig.json: the nearest of that name, the root one, is what editors and the linter read.
    tsconfig: 'tsconfig.build.json',
    // `node:fs` stays `node:fs`: only that name can never be a package.
    removeNodeProtocol: false,
  });
