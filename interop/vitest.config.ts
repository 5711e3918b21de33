import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../vitest.config.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

// The same rules as for all tests. A first run installs moto, boto3 and the AWS CLI, which takes a while.
const { include: _, typecheck: __, ...test } = shared.test ?? {};
const config: ViteUserConfig = mergeConfig(
  { ...shared, test },
  defineConfig({
    test: {
      root: path('.'),
      include: ['**/*.test.ts'],
      globalSetup: [path('./start-moto.ts')],
      testTimeout: 30_000,
      typecheck: { enabled: false },
    },
  }),
);

export default config;
