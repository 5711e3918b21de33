import { defineConfig } from 'tsup';

export default defineConfig({
  // Contenders run in processes of their own.
  entry: {
    main: 'src/main.ts',
    'accounts/stub': 'src/accounts/stub.ts',
    'accounts/worker': 'src/accounts/worker.ts',
    'iot/endpoint': 'src/iot/endpoint.ts',
  },
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  clean: true,
  tsconfig: 'tsconfig.build.json',
});
