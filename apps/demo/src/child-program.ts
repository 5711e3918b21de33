import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a program in the directory `children` of this package, from its sources as from its build. */
export function childProgram(name: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'children', name))) {
    const above = dirname(folder);
    if (above === folder) throw new Error(`There is no child program ${name}.`);
    folder = above;
  }
  return join(folder, 'children', name);
}
