import type { Plugin } from 'esbuild';

/** Leaves outside what a package loads from another entry of its own when that is used: a bundler that may split makes a chunk of it. */
export const partsOutside: Plugin = {
  name: 'parts-outside',
  setup(build) {
    build.onResolve({ filter: /^(@[\w-]+\/)?[\w-]+\/[\w-]+$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path, external: true } : undefined,
    );
  },
};
