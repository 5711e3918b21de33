import { parseCompanionName } from './companion-name.js';
import { fileFailure } from './file-failure.js';
import type { Files } from './files.js';
import type { Leavings } from './leavings.js';
import { assertPrivateDirectory, isOwn } from './privacy.js';
import { createPrivateFile } from './private-file.js';
import { isGone, thisWriter, WRITER_MARK, type Writer, writerMark, writerOf } from './writer.js';

const CODE = 'ERR_BSM_SNAPSHOT_WRITE_FAILED';
const FILE = 'snapshot.json';
const PRIVATE = 0o700;

/**
 * Makes a directory that only this user can enter, with a name that nobody can foresee, in the directory for temporary files, and
 * a file in it, whose path it returns. Directories that killed processes left there are swept.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_INSECURE`, `ERR_BSM_SNAPSHOT_WRITE_FAILED`.
 */
export async function createOwnFile(files: Files, text: string, leavings: Leavings): Promise<string> {
  const [os, nodePath] = await Promise.all([import('node:os'), import('node:path')]);
  const parent = nodePath.resolve(os.tmpdir());
  await assertPrivateDirectory(files, parent, { code: CODE, subject: 'Cannot write a snapshot file to' });
  const self = await thisWriter();
  await sweepDirectories(files, parent, self);
  try {
    const directory = await files.mkdtemp(`${parent}/${PREFIX}${await writerMark(self)}-`);
    leavings.directory = directory;
    // The umask may have taken even the owner's rights.
    await files.chmod(directory, PRIVATE);
    const path = nodePath.join(directory, FILE);
    leavings.own = path;
    const file = await createPrivateFile(files, path, text);
    delete leavings.own;
    leavings.handedOut = { path, file };
    return path;
  } catch (error) {
    throw fileFailure(CODE, 'Cannot write a snapshot file to', parent, error);
  }
}

const PREFIX = 'bsm-snapshot-';
// Not at the top level, where a bundle would keep it.
const pattern = (): RegExp => new RegExp(`^${PREFIX}${WRITER_MARK}-\\w{6}$`);

/** Removes directories of scopes whose process was killed, with the files of ours in them. Never fails. */
async function sweepDirectories(files: Files, parent: string, self: Writer): Promise<void> {
  const names = await files.readdir(parent).catch(() => []);
  for (const name of names) {
    const [, scope, pid] = pattern().exec(name) ?? [];
    if (scope && pid) await sweep(files, `${parent}/${name}`, writerOf(scope, pid), self).catch(() => undefined);
  }
}

async function sweep(files: Files, directory: string, writer: Writer, self: Writer): Promise<void> {
  const found = await files.lstat(directory, { bigint: true });
  const ageMs = Date.now() - Number(found.mtimeMs);
  if (!found.isDirectory() || !isOwn(found) || !isGone(writer, self, ageMs)) return;
  for (const name of await files.readdir(directory)) {
    const ours = name === FILE || parseCompanionName(name)?.base === FILE;
    if (ours) await files.unlink(`${directory}/${name}`).catch(() => undefined);
  }
  await files.rmdir(directory);
}
