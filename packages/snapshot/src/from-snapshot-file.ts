import { assertOption, checkOptions, isBoolean, isText, type Session } from '@bsm/core-cache';
import { defaultSnapshotPath } from './default-snapshot-path.js';
import { isPath, splitPath } from './file-path.js';
import { loadFiles } from './files.js';
import { type FromSnapshotOptions, fromSnapshotChecks, restoreSession } from './from-snapshot.js';
import { snapshotInvalid } from './parse-snapshot.js';
import { readPrivateFile } from './read-private-file.js';
import { isSealed, openSealed } from './sealed-text.js';
import { parseSnapshotText } from './snapshot-text.js';

/** Options of {@link fromSnapshotFile}. */
export interface FromSnapshotFileOptions extends FromSnapshotOptions {
  /**
   * Reads a file, or from a directory, that the group or everybody may read or write, as boto_session_manager leaves it. Default
   * false. Links and files of other users are refused all the same.
   */
  readonly allowInsecureMode?: boolean | undefined;
  /** The key of an encrypted file; a file that is not encrypted is refused then. Default: `BSM_SNAPSHOT_KEY`, if that is set. */
  readonly key?: string | undefined;
}

/**
 * Makes a session of a snapshot file, as {@link fromSnapshot} does of a value. The file is read once, and not again later.
 *
 * Without a path: `BSM_SNAPSHOT_FILE`, which {@link withSnapshotFile} gives to a child process, else {@link defaultSnapshotPath}.
 * Reads what boto_session_manager writes too, which is open to all users of the machine: that takes `allowInsecureMode`.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_NOT_FOUND`, `ERR_BSM_SNAPSHOT_INSECURE`, `ERR_BSM_SNAPSHOT_READ_FAILED`,
 * `ERR_BSM_SNAPSHOT_INVALID`, `ERR_BSM_SNAPSHOT_ENCRYPTED`, `ERR_BSM_OPTION_INVALID`. None shows anything of the file.
 *
 * @example
 * ```ts
 * const session = await fromSnapshotFile(); // in a child process
 * ```
 */
export async function fromSnapshotFile(path?: string, options?: FromSnapshotFileOptions): Promise<Session> {
  const subject = 'fromSnapshotFile';
  if (path !== undefined) assertOption(subject, 'path', path, isPath);
  checkOptions<FromSnapshotFileOptions>(subject, options, {
    ...fromSnapshotChecks,
    allowInsecureMode: isBoolean,
    key: isText,
  });
  const { allowInsecureMode, key, ...rest } = options ?? {};
  const target = await splitPath(path ?? (process.env['BSM_SNAPSHOT_FILE'] || defaultSnapshotPath()));
  const origin = `The snapshot file "${target.path}"`;
  const text = await readPrivateFile(await loadFiles(), target, allowInsecureMode);
  if (key !== undefined && !isSealed(text))
    throw snapshotInvalid(origin, 'it is not encrypted, though a key was given');
  const plain = isSealed(text) ? await openSealed(text, key ?? process.env['BSM_SNAPSHOT_KEY'], origin) : text;
  return restoreSession(parseSnapshotText(plain, origin), origin, rest);
}
