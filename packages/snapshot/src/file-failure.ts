import { BsmError, type BsmErrorCode, isBsmError } from '@bsm/core-cache';

/**
 * Turns an error of the file system into a {@link BsmError} that says what failed, where, and why; `details` has path and errno.
 *
 * A BsmError passes as it is.
 */
export function fileFailure(
  code: BsmErrorCode & `ERR_BSM_SNAPSHOT_${string}`,
  subject: string,
  path: string,
  error: unknown,
): BsmError {
  if (isBsmError(error)) return error;
  const errno = errnoOf(error) ?? 'UNKNOWN';
  const [reason, retryable] = REASONS[errno] ?? [errno, false];
  return new BsmError(code, `${subject} "${path}": ${reason}.`, { retryable, cause: error, details: { path, errno } });
}

/** The system's own name of a failure, such as `ENOENT`. */
export function errnoOf(error: unknown): string | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** Makes the error of a file or directory that is not private. */
export function insecure(path: string, problem: string, advice: string): BsmError {
  return new BsmError('ERR_BSM_SNAPSHOT_INSECURE', `"${path}" ${problem}. ${advice}`, { details: { path } });
}

/** What a failure means, and whether the same call can succeed later. */
const REASONS: Readonly<Record<string, readonly [reason: string, retryable: boolean]>> = {
  EACCES: ['permission denied', false],
  EBUSY: ['another program has it open', true],
  EDQUOT: ['the quota of the disk is used up', true],
  EEXIST: ['it exists already', false],
  EIO: ['the disk failed', true],
  EISDIR: ['it is a directory', false],
  ELOOP: ['too many links', false],
  EMFILE: ['too many files are open', true],
  ENAMETOOLONG: ['the name is too long', false],
  ENFILE: ['too many files are open', true],
  ENOENT: ['there is no such file or directory', false],
  ENOSPC: ['the disk is full', true],
  ENOTDIR: ['a part of the path is not a directory', false],
  EPERM: ['the system does not permit it', false],
  EROFS: ['the file system is read-only', false],
};
