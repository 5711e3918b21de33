import { closeSync, constants, ftruncateSync, mkdtempSync, openSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Calls `use` with a path at which OpenSSL can read the PIN, and takes it away afterwards.
 *
 * A PIN in the URI of a key would be printed by the engine when the key is not found. The file has no name when anybody else could
 * look for it, is readable by its owner only, is in memory where Linux has such a place, and is emptied before it is closed.
 */
export function withPinFile<T>(pin: string, use: (path: string) => T): T {
  const descriptor = openUnnamed();
  try {
    writeSync(descriptor, pin);
    return use(`/proc/self/fd/${descriptor}`);
  } finally {
    ftruncateSync(descriptor);
    closeSync(descriptor);
  }
}

function openUnnamed(): number {
  const directory = makeDirectory();
  const path = join(directory, 'pin');
  try {
    const descriptor = openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600);
    unlinkSync(path);
    return descriptor;
  } finally {
    rmdirSync(directory);
  }
}

function makeDirectory(): string {
  try {
    return mkdtempSync('/dev/shm/bsm-');
  } catch {
    return mkdtempSync(join(tmpdir(), 'bsm-'));
  }
}
