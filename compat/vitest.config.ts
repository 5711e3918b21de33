import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../vitest.config.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

// The same rules as for all tests, but on the packages as they are built: what users compile and load.
const { include: _, typecheck: __, ...test } = shared.test ?? {};
const config: ViteUserConfig = mergeConfig(
  { test },
  defineConfig({
    test: {
      root: path('.'),
      include: ['**/*.test.ts'],
      // Compilers are run in a hook: more than thirty of them, on a machine that may have other things to do.
      testTimeout: 120_000,
      hookTimeout: 1_200_000,
      typecheck: { enabled: false },
    },
  }),
);

export default config;
