import type { BigIntStats } from 'node:fs';
import { insecure } from './file-failure.js';
import type { Files } from './files.js';
import { isOpenToOthers } from './privacy.js';

/** A file that was written. It stays open, so that the system gives its number to no other file meanwhile. */
export interface PrivateFile {
  /** Tells whether what was found at a path is this file. */
  is(found: BigIntStats): boolean;
  close(): Promise<void>;
}

const PRIVATE = 0o600;

/**
 * Creates a file that only its owner can read, whatever the umask, and sees it onto the disk. Never opens what is there already.
 *
 * The mode is set and looked at before the first byte is written: there are file systems that keep none.
 */
export async function createPrivateFile(files: Files, path: string, text: string): Promise<PrivateFile> {
  const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = (await import('node:fs')).constants;
  // O_NOFOLLOW does not exist on Windows and counts as 0; O_EXCL alone refuses links there.
  const handle = await files.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, PRIVATE);
  try {
    await handle.chmod(PRIVATE);
    const { dev, ino, ...stats } = await handle.stat({ bigint: true });
    if (isOpenToOthers(stats)) {
      throw insecure(path, 'is on a file system that keeps no permissions', 'Choose another directory.');
    }
    await handle.writeFile(text);
    await handle.sync();
    return { is: (found) => found.dev === dev && found.ino === ino, close: () => handle.close() };
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}

/** Sees a new name of a file onto the disk, where the system lets a directory be opened for that. */
export async function syncDirectory(files: Files, directory: string): Promise<void> {
  try {
    const handle = await files.open(directory, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Windows, some network file systems. The file is whole all the same; only a power cut could bring the old one back.
  }
}
