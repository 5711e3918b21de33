import { assertOption, checkOptions, type SessionLike } from '@bsm/core-cache';
import { companionName } from './companion-name.js';
import { fileFailure } from './file-failure.js';
import { type FilePath, isPath, splitPath } from './file-path.js';
import { type Files, loadFiles } from './files.js';
import { assertPrivateDirectory, assertReplaceable } from './privacy.js';
import { createPrivateFile, syncDirectory } from './private-file.js';
import {
  childVariables,
  snapshotContent,
  type WriteSnapshotFileOptions,
  writeSnapshotFileChecks,
} from './snapshot-content.js';
import { sweepOrphans } from './sweep-orphans.js';
import { thisWriter } from './writer.js';

/** A snapshot file that was written. */
export interface SnapshotFile {
  /** Absolute. */
  readonly path: string;
  /** For the environment of a child process: `BSM_SNAPSHOT_FILE`, and `BSM_SNAPSHOT_KEY` when the file is encrypted. */
  readonly env: Record<string, string>;
}

/**
 * Writes a snapshot to a file that stays until you remove it; {@link withSnapshotFile} removes its own.
 *
 * Readers find the old file or the new one, whole, also when the process is killed or many write at once: the text goes to a new
 * file beside the path, which then takes the place of the old one. The mode is 0600 whatever the umask. Links, pipes and files of
 * other users at the path are refused, and directories in which others could exchange the file. Files that a killed process left
 * in the directory are swept. Windows has no modes: there the file gets the permissions of its directory, so choose one in your
 * profile. After a failure nothing is left behind, and the session goes on.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_LONG_TERM_KEYS`, `ERR_BSM_SNAPSHOT_INSECURE`, `ERR_BSM_SNAPSHOT_WRITE_FAILED` (with
 * `details.errno`), `ERR_BSM_OPTION_INVALID`, and what the session throws.
 *
 * @example
 * ```ts
 * const { path } = await writeSnapshotFile(session, defaultSnapshotPath()); // where boto_session_manager looks
 * ```
 */
export async function writeSnapshotFile(
  source: SessionLike,
  path: string,
  options?: WriteSnapshotFileOptions,
): Promise<SnapshotFile> {
  const subject = 'writeSnapshotFile';
  assertOption(subject, 'path', path, isPath);
  checkOptions<WriteSnapshotFileOptions>(subject, options, writeSnapshotFileChecks());
  const content = await snapshotContent(source, options);
  const target = await splitPath(path);
  await replaceFile(await loadFiles(), target, content.text);
  return { path: target.path, env: childVariables(target.path, content) };
}

/** Puts a private file in the place of what is at a path, all at once. */
export async function replaceFile(files: Files, { path, directory, base }: FilePath, text: string): Promise<void> {
  const failure = { code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', subject: 'Cannot write the snapshot file' } as const;
  await assertPrivateDirectory(files, directory, { ...failure, subject: 'Cannot write a snapshot file to' });
  await assertReplaceable(files, path, failure.subject);
  const self = await thisWriter();
  await sweepOrphans(files, directory, self);
  const companion = `${directory}/${await companionName(base, self)}`;
  try {
    const file = await createPrivateFile(files, companion, text);
    await file.close();
    // Takes the place of a link too, rather than following it.
    await files.rename(companion, path);
  } catch (error) {
    await files.unlink(companion).catch(() => undefined);
    throw fileFailure(failure.code, failure.subject, path, error);
  }
  await syncDirectory(files, directory);
}
