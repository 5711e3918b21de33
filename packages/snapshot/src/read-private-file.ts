import type { BigIntStats } from 'node:fs';
import { BsmError } from '@bsm/core-cache';
import { errnoOf, fileFailure, insecure } from './file-failure.js';
import type { FilePath } from './file-path.js';
import type { Files } from './files.js';
import { snapshotInvalid } from './parse-snapshot.js';
import { assertPrivateDirectory, isForeign, isOpenToOthers, NO_FILE } from './privacy.js';

/** Far above a snapshot: the longest token is a few kilobytes. */
const LARGEST_FILE = 64 * 1_024;

const SUBJECT = 'Cannot read the snapshot file';

/**
 * Reads a file that nobody else can have read or written; no more of it than a snapshot can have.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_NOT_FOUND`, `_INSECURE`, `_READ_FAILED`, and `_INVALID` for what is too large or no UTF-8.
 */
export async function readPrivateFile(
  files: Files,
  { path, directory }: FilePath,
  allowInsecureMode: boolean = false,
): Promise<string> {
  await assertPrivateDirectory(files, directory, {
    code: 'ERR_BSM_SNAPSHOT_READ_FAILED',
    missingCode: 'ERR_BSM_SNAPSHOT_NOT_FOUND',
    subject: 'Cannot read a snapshot file from',
    allowInsecureMode,
  });
  let bytes: Uint8Array;
  try {
    // Before it is opened: opening a device or a pipe can have effects of its own.
    assertPrivate(path, await files.lstat(path, { bigint: true }), allowInsecureMode);
    bytes = await readBounded(files, path, allowInsecureMode);
  } catch (error) {
    throw readFailure(path, error);
  }
  const origin = `The snapshot file "${path}"`;
  if (bytes.length > LARGEST_FILE) throw snapshotInvalid(origin, 'it is too large for one');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw snapshotInvalid(origin, 'it is not UTF-8');
  }
}

/** Opens the file and looks again, since it may be another one by now; reads one byte more than is allowed. */
async function readBounded(files: Files, path: string, allowInsecureMode: boolean): Promise<Uint8Array> {
  const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = (await import('node:fs')).constants;
  // The last two do not exist on Windows, where they count as 0.
  const handle = await files.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    assertPrivate(path, await handle.stat({ bigint: true }), allowInsecureMode);
    const buffer = new Uint8Array(LARGEST_FILE + 1);
    let length = 0;
    for (let got = 1; got > 0; length += got) {
      got = (await handle.read(buffer, length, buffer.length - length, null)).bytesRead;
    }
    return buffer.subarray(0, length);
  } finally {
    await handle.close();
  }
}

function assertPrivate(path: string, found: BigIntStats, allowInsecureMode: boolean): void {
  if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  if (!found.isFile()) throw insecure(path, NO_FILE, 'Pass the path of the file itself.');
  if (isForeign(found))
    throw insecure(path, 'belongs to another user', 'Read it as that user, or make a copy of your own.');
  if (!allowInsecureMode && isOpenToOthers(found)) {
    const mode = (found.mode & 0o777n).toString(8).padStart(4, '0');
    const advice = 'Run chmod 600 on it, or pass allowInsecureMode: true. boto_session_manager writes such files.';
    throw insecure(path, `is open to other users (mode ${mode})`, advice);
  }
}

function readFailure(path: string, error: unknown): BsmError {
  const errno = errnoOf(error);
  if (errno === 'ENOENT') {
    const message = `Snapshot file not found: ${path}. The file of withSnapshotFile exists only while its callback runs.`;
    return new BsmError('ERR_BSM_SNAPSHOT_NOT_FOUND', message, { details: { path, errno } });
  }
  // It became a link after it was looked at.
  if (errno === 'ELOOP') return insecure(path, NO_FILE, 'Pass the path of the file itself.');
  return fileFailure('ERR_BSM_SNAPSHOT_READ_FAILED', SUBJECT, path, error);
}
