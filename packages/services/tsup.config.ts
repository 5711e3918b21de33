import { defineConfig, type Options } from 'tsup';
import { lib } from '../../tsup.base.js';

export default defineConfig({
  ...(lib(['src/index.ts', 'src/names.ts']) as Options),
  // Bundled with the other declarations, each `import('…')` would become an import at the top, away from the comment that it needs
  // where the package is not installed. So the file stays outside, and the build copies it as it is.
  external: ['./service-registry.cjs'],
});
