import { assertOption, checkOptions, isFunction, type SessionLike } from '@bsm/core-cache';
import { claimPath } from './claim-path.js';
import { createOwnFile } from './create-own-file.js';
import { isPath, splitPath } from './file-path.js';
import { loadFiles } from './files.js';
import { type Leavings, removeLeavings } from './leavings.js';
import { removeAtExit } from './removal-at-exit.js';
import {
  childVariables,
  snapshotContent,
  type WriteSnapshotFileOptions,
  writeSnapshotFileChecks,
} from './snapshot-content.js';

/** Options of {@link withSnapshotFile}. */
export interface WithSnapshotFileOptions extends WriteSnapshotFileOptions {
  /** Where the file shall be. Nothing may be there. Default: a path of its own, in a directory that only this user can enter. */
  readonly path?: string | undefined;
}

/** What the callback of {@link withSnapshotFile} gets beside the path. */
export interface SnapshotScope {
  /** For the environment of a child process: `BSM_SNAPSHOT_FILE`, and `BSM_SNAPSHOT_KEY` when the file is encrypted. */
  readonly env: Record<string, string>;
}

/**
 * Runs `fn` with a snapshot of the session in a file, for a child process, and removes the file when `fn` has ended.
 *
 * Each scope has a file of its own, mode 0600, in a directory of its own, mode 0700, below the directory for temporary files
 * (`TMPDIR`); scopes nest and overlap freely. A `path` of your choice is claimed for one scope: who comes second is refused, and so
 * is everybody while anything else is there. The environment of this process is untouched.
 *
 * The file is removed also when `fn` fails, when the process exits, and on SIGINT, SIGTERM and SIGHUP; such a signal is raised
 * again when nobody else listens for it, and when somebody does, the file is gone even if the program goes on. Only the file that
 * was written is removed, not one that took its place. After `kill -9` the next scope sweeps it. Signals do not reach worker
 * threads, and Windows knows neither them nor modes: there the file has the permissions of its directory.
 *
 * The credentials in the file are as they are when the scope begins, and end when they end: see `minRemainingMs`, or use
 * `serveCredentials` of `@bsm/env-scope` for children that live longer.
 *
 * @throws BsmError as `writeSnapshotFile`, and `ERR_BSM_SNAPSHOT_IN_USE`; `ERR_BSM_SNAPSHOT_WRITE_FAILED` after `fn` when the file
 * cannot be removed; otherwise what `fn` throws.
 *
 * @example
 * ```ts
 * await withSnapshotFile(session, (_path, { env }) => execFile('python3', ['report.py'], { env: { ...process.env, ...env } }));
 * ```
 */
export async function withSnapshotFile<T>(
  source: SessionLike,
  fn: (path: string, context: SnapshotScope) => T | Promise<T>,
  options?: WithSnapshotFileOptions,
): Promise<T> {
  const subject = 'withSnapshotFile';
  assertOption(subject, 'fn', fn, isFunction);
  checkOptions<WithSnapshotFileOptions>(subject, options, { ...writeSnapshotFileChecks(), path: isPath });
  const { path: given, ...rest } = options ?? {};
  const content = await snapshotContent(source, rest);
  const [files, fs] = await Promise.all([loadFiles(), import('node:fs')]);

  const leavings: Leavings = {};
  const stopListening = removeAtExit(() => removeLeavings(fs, leavings));
  const end = async (): Promise<void> => {
    stopListening();
    try {
      removeLeavings(fs, leavings);
    } finally {
      await leavings.handedOut?.file.close();
    }
  };

  let result: T;
  try {
    const path = await (given === undefined
      ? createOwnFile(files, content.text, leavings)
      : claimPath(files, await splitPath(given), content.text, leavings));
    result = await fn(path, { env: childVariables(path, content) });
  } catch (error) {
    // What failed first is what counts.
    await end().catch(() => undefined);
    throw error;
  }
  await end();
  return result;
}
