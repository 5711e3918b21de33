import { chmodSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serverFailed } from './server-errors.js';

/** A directory that only this user may read, for as long as the process lives at most. */
export interface PrivateDirectory {
  /** Writes a file (mode 0600), whole or not at all, and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  removeFile(name: string): void;
  /** Removes it with its files. */
  remove(): void;
}

const directories = /* @__PURE__ */ new Set<string>();

/**
 * Makes a directory of its own (mode 0700) in the directory for temporary files. It is removed when the process exits, not when the
 * process is killed.
 *
 * @throws BsmError `ERR_BSM_CREDENTIAL_SERVER_FAILED`.
 */
export function createPrivateDirectory(): PrivateDirectory {
  const path = guarded(() => mkdtempSync(join(resolve(tmpdir()), 'bsm-endpoint-')));
  // Whatever the umask took away.
  chmodSync(path, 0o700);
  if (directories.size === 0) process.on('exit', removeAll);
  directories.add(path);
  let written = 0;

  return {
    write: (name, content) =>
      guarded(() => {
        const target = join(path, name);
        // Made under another name, so that who reads the file meanwhile gets the old one or the new one.
        const fresh = `${target}.${++written}`;
        try {
          writeFileSync(fresh, content, { mode: 0o600, flag: 'wx' });
          // Whatever the umask took away.
          chmodSync(fresh, 0o600);
          renameSync(fresh, target);
        } catch (error) {
          rmSync(fresh, { force: true });
          throw error;
        }
        return target;
      }),
    removeFile: (name) => rmSync(join(path, name), { force: true }),
    remove() {
      directories.delete(path);
      if (directories.size === 0) process.off('exit', removeAll);
      removeDirectory(path);
    },
  };
}

function removeAll(): void {
  for (const path of directories) removeDirectory(path);
}

function removeDirectory(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It is in the directory for temporary files, and nobody else can read it.
  }
}

function guarded<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw serverFailed('cannot write its private files', error);
  }
}
