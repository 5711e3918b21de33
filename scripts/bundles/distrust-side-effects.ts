import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/** Takes no package's word for it: what a module would do when it is loaded stays in the bundle. Unused imports of the SDK and of Node are dropped. */
export const distrustSideEffects: Plugin = {
  name: 'distrust-side-effects',
  setup(build) {
    build.onResolve({ filter: /./ }, async ({ path, pluginData, ...rest }) => {
      if (isBuiltin(path) || /^@(?:aws-sdk|smithy)\//.test(path)) return { path, external: true, sideEffects: false };
      if (pluginData === 'asked') return undefined;
      const resolved = await build.resolve(path, { ...rest, pluginData: 'asked' });
      return { ...resolved, sideEffects: true };
    });
  },
};
