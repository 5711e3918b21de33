import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { PlainReporter } from './scripts/vitest/plain-reporter.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const config: ViteUserConfig = defineConfig({
  // Tests run on the sources, so that they need no build.
  resolve: {
    alias: [
      { find: '@bsm/services/names', replacement: path('./packages/services/src/names.ts') },
      { find: /^@bsm\/iot\/([a-z0-9-]+)$/, replacement: path('./packages/iot/src/$1.ts') },
      { find: /^@bsm\/([a-z-]+)$/, replacement: path('./packages/$1/src/index.ts') },
      { find: /^bsm$/, replacement: path('./packages/bsm/src/index.ts') },
      { find: /^bsm\/([a-z-]+)$/, replacement: path('./packages/bsm/src/$1.ts') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    typecheck: {
      enabled: true,
      include: ['packages/*/src/**/*.test-d.ts'],
      tsconfig: './tsconfig.json',
      checker: 'tsc',
    },
    // One process a file: what a file leaves open or changes is its own.
    pool: 'forks',
    setupFiles: [path('./scripts/vitest/setup.ts')],
    reporters: ['default', new PlainReporter()],
    // Tests never wait for time to pass; this only tells a hanging one from a slow machine.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    unstubEnvs: true,
    unstubGlobals: true,
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['packages/*/src/**/*.ts'],
      exclude: ['**/index.ts', '**/*.test.ts', '**/*.test-d.ts', '**/fixtures/**'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: { lines: 90, branches: 85 },
    },
  },
});

export default config;
