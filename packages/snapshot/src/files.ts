/** The calls of the file system that the package makes: `node:fs/promises`, or what a test puts in its place. */
export type Files = Pick<
  typeof import('node:fs/promises'),
  'chmod' | 'link' | 'lstat' | 'mkdtemp' | 'open' | 'readdir' | 'rename' | 'rmdir' | 'stat' | 'unlink'
>;

/** Loads the file system when it is used, so that bundles and runtimes without files can have the rest. */
export function loadFiles(): Promise<Files> {
  return import('node:fs/promises');
}
