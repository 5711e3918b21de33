import { defineConfig, type Options } from 'tsup';
import { lib } from '../../tsup.base.js';

export default defineConfig({
  ...(lib(['src/index.ts', 'src/session-manager.ts', 'src/services.ts', 'src/iot.ts']) as Options),
  // `bsm/session-manager` imports `bsm`, so that there is one class SessionManager also in CommonJS, which has no shared chunks.
  external: ['bsm'],
});
