import { createHash } from 'node:crypto';

/** Hashes text or bytes to hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
