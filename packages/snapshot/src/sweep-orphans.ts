import { companionName, parseCompanionName } from './companion-name.js';
import type { Files } from './files.js';
import { isOwn } from './privacy.js';
import { isGone, type Writer } from './writer.js';

/**
 * Removes from a directory what writers left there that were killed: halves of files, and files whose scope never ended.
 *
 * Only regular files of this user with a name of ours whose process is gone. Of several who sweep at once one gets each file, since
 * it is renamed first. A failure keeps nobody from writing.
 */
export async function sweepOrphans(files: Files, directory: string, self: Writer): Promise<void> {
  const names = await files.readdir(directory).catch(() => []);
  for (const name of names) {
    const companion = parseCompanionName(name);
    if (companion) await sweep(files, directory, { name, ...companion }, self).catch(() => undefined);
  }
}

interface Companion {
  readonly name: string;
  readonly base: string;
  readonly writer: Writer;
}

async function sweep(files: Files, directory: string, { name, base, writer }: Companion, self: Writer): Promise<void> {
  const found = await files.lstat(`${directory}/${name}`, { bigint: true });
  const ageMs = Date.now() - Number(found.mtimeMs);
  if (!found.isFile() || !isOwn(found) || !isGone(writer, self, ageMs)) return;
  const mine = `${directory}/${await companionName(base, self)}`;
  await files.rename(`${directory}/${name}`, mine);
  const target = `${directory}/${base}`;
  const standing = await files.lstat(target, { bigint: true }).catch(() => undefined);
  // The path that a scope had claimed.
  if (standing?.dev === found.dev && standing.ino === found.ino) await files.unlink(target);
  await files.unlink(mine);
}
