import type { BigIntStats } from 'node:fs';
import { errnoOf, fileFailure, insecure } from './file-failure.js';
import type { Files } from './files.js';

const STICKY = 0o1000n;
const BY_OTHERS = 0o077n;
const WRITABLE_BY_GROUP = 0o020n;
const WRITABLE_BY_ALL = 0o002n;

/**
 * Tells whether something belongs to another user. What belongs to root counts as one's own: root needs no file to get at keys.
 * Never on Windows, which has no such owners.
 */
export function isForeign(stats: BigIntStats): boolean {
  return !isOwn(stats) && stats.uid !== 0n;
}

/** Tells whether something belongs to this user. Always on Windows. */
export function isOwn({ uid }: BigIntStats): boolean {
  const self = process.geteuid?.();
  return self === undefined || uid === BigInt(self);
}

/** Tells whether a file is open to anybody but its owner. Never on Windows, whose modes say nothing. */
export function isOpenToOthers({ mode }: Pick<BigIntStats, 'mode'>): boolean {
  return process.platform !== 'win32' && (mode & BY_OTHERS) !== 0n;
}

/**
 * Refuses what stands at a path where a file will be written: a link, a pipe, a device, a directory, another user's file.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_INSECURE`, `ERR_BSM_SNAPSHOT_WRITE_FAILED` for a directory.
 */
export async function assertReplaceable(files: Files, path: string, subject: string): Promise<void> {
  try {
    const found = await files.lstat(path, { bigint: true });
    if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    if (!found.isFile()) throw insecure(path, NO_FILE, 'Choose another path.');
    if (isForeign(found)) throw insecure(path, 'belongs to another user', 'Choose another path.');
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw fileFailure('ERR_BSM_SNAPSHOT_WRITE_FAILED', subject, path, error);
  }
}

/** What is wrong with everything that is neither a file nor a directory. */
export const NO_FILE = 'is a link, a pipe or a device, not a file';

/** What a directory is checked for. */
export interface DirectoryCheck {
  readonly code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED' | 'ERR_BSM_SNAPSHOT_READ_FAILED';
  /** When there is no such directory. Default: the same code. */
  readonly missingCode?: 'ERR_BSM_SNAPSHOT_NOT_FOUND';
  readonly subject: string;
  /** Accepts a directory in which others may write. */
  readonly allowInsecureMode?: boolean | undefined;
}

/**
 * Refuses a directory in which another user could put, exchange or remove a file: one that is not ours or root's, is reached by a
 * link that is not, or is writable by others without the sticky bit (which lets everybody touch only what is theirs). Writable by
 * the group is fine when that is this user's own primary group, since many systems give each user one.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_INSECURE`; the given codes when the directory does not exist, is none, or cannot be looked at.
 */
export async function assertPrivateDirectory(files: Files, directory: string, check: DirectoryCheck): Promise<void> {
  const { code, missingCode = code, subject, allowInsecureMode = false } = check;
  try {
    const entry = await files.lstat(directory, { bigint: true });
    const found = entry.isSymbolicLink() ? await files.stat(directory, { bigint: true }) : entry;
    if (!found.isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    if (isForeign(entry) || isForeign(found)) {
      throw insecure(directory, 'belongs to another user', 'Choose a directory of your own.');
    }
    if (!allowInsecureMode && isWritableByOthers(found)) {
      throw insecure(
        directory,
        'is a directory in which others can exchange files',
        'Run chmod go-w on it, or choose another one.',
      );
    }
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR'].includes(errnoOf(error) ?? '');
    throw fileFailure(missing ? missingCode : code, subject, directory, error);
  }
}

function isWritableByOthers({ mode, gid }: BigIntStats): boolean {
  if (process.platform === 'win32' || (mode & STICKY) !== 0n) return false;
  const ownGroup = process.getegid?.() ?? -1;
  return (mode & WRITABLE_BY_ALL) !== 0n || ((mode & WRITABLE_BY_GROUP) !== 0n && gid !== BigInt(ownGroup));
}
