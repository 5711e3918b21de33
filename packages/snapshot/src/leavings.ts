import { errnoOf, fileFailure } from './file-failure.js';
import type { PrivateFile } from './private-file.js';

/** What a scope has on the disk. It grows while the scope is set up, so that a signal at any moment finds all of it. */
export interface Leavings {
  /** A directory made for the scope. */
  directory?: string;
  /** A path whose name is the scope's own, so that whatever is there goes. */
  own?: string;
  /** The path that was handed out, and the file that was put there; another one by now stays. */
  handedOut?: { readonly path: string; readonly file: PrivateFile };
}

/**
 * Removes what a scope has on the disk, at once: an exit handler cannot wait. Tries everything, and counts as done what is gone.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_WRITE_FAILED` when something is still there.
 */
export function removeLeavings(fs: typeof import('node:fs'), leavings: Leavings): void {
  const { directory, own, handedOut } = leavings;
  const failures: unknown[] = [];
  const attempt = (path: string, remove: () => void): void => {
    try {
      remove();
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return;
      const subject = 'Cannot remove the snapshot from';
      failures.push(fileFailure('ERR_BSM_SNAPSHOT_WRITE_FAILED', subject, path, error));
    }
  };

  if (handedOut) {
    const { path, file } = handedOut;
    attempt(path, () => {
      if (file.is(fs.lstatSync(path, { bigint: true }))) fs.unlinkSync(path);
    });
  }
  if (own !== undefined) attempt(own, () => fs.unlinkSync(own));
  if (directory !== undefined) attempt(directory, () => removeEmpty(fs, directory));
  if (failures.length > 0) throw failures[0];
}

/** A directory in which somebody else put something is theirs by now. */
function removeEmpty(fs: typeof import('node:fs'), directory: string): void {
  if (fs.readdirSync(directory).length === 0) fs.rmdirSync(directory);
}
