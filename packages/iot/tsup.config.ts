import { defineConfig, type Options } from 'tsup';
import { lib } from '../../tsup.base.js';

export default defineConfig({
  ...(lib(['src/index.ts', 'src/failure.ts', 'src/mqtt.ts', 'src/pkcs11.ts']) as Options),
  // The parts that are loaded when they are used stay files of their own.
  external: [/^@bsm\/iot\//],
  esbuildOptions(options, { format }) {
    // By `require`, so that a CommonJS program gets the CommonJS part, and with it the one copy of the core that it has.
    if (format === 'cjs') options.supported = { 'dynamic-import': false };
  },
});
