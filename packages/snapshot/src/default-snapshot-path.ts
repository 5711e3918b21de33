import { BsmError } from '@bsm/core-cache';

/**
 * Returns where boto_session_manager keeps a snapshot unless it is told otherwise: `~/.bsm-snapshot.json`.
 *
 * The home directory is that of `HOME` (`USERPROFILE` on Windows) at the time of the call; without it nothing is guessed.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_NOT_FOUND` when that is not set, or is no absolute path.
 *
 * @example
 * ```ts
 * await writeSnapshotFile(session, defaultSnapshotPath()); // BotoSesManager.from_snapshot_file() finds it
 * ```
 */
export function defaultSnapshotPath(): string {
  const windows = process.platform === 'win32';
  const variable = windows ? 'USERPROFILE' : 'HOME';
  const home = process.env[variable] ?? '';
  if (!(windows ? /^(?:[a-z]:[\\/]|\\\\)/i : /^\//).test(home)) {
    const message = `There is no default path of a snapshot: ${variable} is not set, or is no absolute path. Pass a path, or set BSM_SNAPSHOT_FILE.`;
    throw new BsmError('ERR_BSM_SNAPSHOT_NOT_FOUND', message);
  }
  return `${home.replace(windows ? /[\\/]+$/ : /\/+$/, '')}${windows ? '\\' : '/'}.bsm-snapshot.json`;
}
