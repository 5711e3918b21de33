import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../../../vitest.config.ts';
import { PROVIDER } from './device-parts.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

// The same rules as for all tests, with programs that nobody here wrote: a broker, a token, other versions of Node.
const { include: _, typecheck: __, ...test } = shared.test ?? {};
const config: ViteUserConfig = mergeConfig(
  { ...shared, test },
  defineConfig({
    test: {
      root: path('.'),
      include: ['**/*.test.ts'],
      // `install-parts.ts` has said so.
      exclude: PROVIDER.isThere() ? [] : ['pkcs11-provider.test.ts'],
      testTimeout: 60_000,
      hookTimeout: 60_000,
      typecheck: { enabled: false },
    },
  }),
);

export default config;
