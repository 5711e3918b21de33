import { defineConfig, type Options } from 'tsup';
import { lib } from '../../tsup.base.js';

const parts: Options = {
  ...(lib(['src/index.ts', 'src/failure.ts', 'src/mqtt.ts', 'src/pkcs11.ts']) as Options),
  // The parts that are loaded when they are used stay files of their own.
  external: [/^@bsm\/iot\//],
};

export default defineConfig([
  // One import of each package in a file, instead of one for each module that was put into it.
  { ...parts, format: 'esm', treeshake: { moduleSideEffects: false } },
  {
    ...parts,
    format: 'cjs',
    // The other one has.
    clean: false,
    esbuildOptions(options) {
      // By `require`, so that a CommonJS program gets the CommonJS part, and with it the one copy of the core that it has.
      options.supported = { 'dynamic-import': false };
    },
  },
]);
