import { BsmError } from '@bsm/core-cache';
import { companionName } from './companion-name.js';
import { errnoOf, fileFailure } from './file-failure.js';
import type { FilePath } from './file-path.js';
import type { Files } from './files.js';
import type { Leavings } from './leavings.js';
import { assertPrivateDirectory, assertReplaceable } from './privacy.js';
import { createPrivateFile } from './private-file.js';
import { sweepOrphans } from './sweep-orphans.js';
import { thisWriter } from './writer.js';

const CODE = 'ERR_BSM_SNAPSHOT_WRITE_FAILED';

/**
 * Puts a private file at a path at which nothing is, for one of all who try at once.
 *
 * A rename would replace what is there, so the file is written beside the path and linked to it, which fails when something is.
 * The companion stays for as long as the claim: by its name others see whose the path is, and take it over when that process was
 * killed. Returns the path.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_IN_USE`, `ERR_BSM_SNAPSHOT_INSECURE`, `ERR_BSM_SNAPSHOT_WRITE_FAILED`.
 */
export async function claimPath(
  files: Files,
  { path, directory, base }: FilePath,
  text: string,
  leavings: Leavings,
): Promise<string> {
  const subject = 'Cannot write the snapshot file';
  await assertPrivateDirectory(files, directory, { code: CODE, subject: 'Cannot write a snapshot file to' });
  await assertReplaceable(files, path, subject);
  const self = await thisWriter();
  await sweepOrphans(files, directory, self);
  const companion = `${directory}/${await companionName(base, self)}`;
  leavings.own = companion;
  const file = await createPrivateFile(files, companion, text).catch((error: unknown) => {
    throw fileFailure(CODE, subject, path, error);
  });
  leavings.handedOut = { path, file };
  await files.link(companion, path).catch((error: unknown) => {
    if (errnoOf(error) === 'EEXIST') throw inUse(path);
    throw fileFailure(
      CODE,
      'Cannot claim a path without a hard link; omit "path" if there can be none here:',
      path,
      error,
    );
  });
  return path;
}

function inUse(path: string): BsmError {
  const message = `"${path}" exists already: another scope uses it, or it is not ours. Omit "path", and each scope has a file of its own.`;
  return new BsmError('ERR_BSM_SNAPSHOT_IN_USE', message, { retryable: true, details: { path } });
}
