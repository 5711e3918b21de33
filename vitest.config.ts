import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (name: string): string => fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  // Tests run on the sources, so that they need no build.
  resolve: {
    alias: [
      { find: /^@bsm\/([a-z-]+)$/, replacement: source('$1') },
      { find: /^bsm$/, replacement: source('bsm') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.ts'],
    typecheck: { enabled: true, include: ['packages/*/src/**/*.test-d.ts'], tsconfig: './tsconfig.json', checker: 'tsc' },
    unstubEnvs: true,
  },
});
