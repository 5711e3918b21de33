import type { OptionCheck } from '@bsm/core-cache';

/** A path in parts. */
export interface FilePath {
  /** Absolute: it means the same in a child process with another working directory. */
  readonly path: string;
  readonly directory: string;
  readonly base: string;
}

/** Accepts a path of a file. `~` has no meaning here, as it has none in Python and for Node. */
export const isPath: OptionCheck = (value) =>
  typeof value === 'string' && value !== '' && !value.includes('\0') ? undefined : 'a path';

/** Makes a path absolute. */
export async function splitPath(given: string): Promise<FilePath> {
  const nodePath = await import('node:path');
  const path = nodePath.resolve(given);
  return { path, directory: nodePath.dirname(path), base: nodePath.basename(path) };
}
