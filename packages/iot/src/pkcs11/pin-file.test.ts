import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withPinFile } from './pin-file.js';

describe('withPinFile', () => {
  it('lets the PIN be read by its owner, at a path that nobody can find', () => {
    const seen = withPinFile('1?2&ä', (path) => {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readlinkSync(path)).toMatch(/ \(deleted\)$/);
      // Again from the beginning, as OpenSSL may.
      return [readFileSync(path, 'utf8'), readFileSync(path, 'utf8'), path];
    });
    expect(seen.slice(0, 2)).toEqual(['1?2&ä', '1?2&ä']);
  });

  it('leaves nothing behind, also when what reads it throws', () => {
    const descriptors = () => readdirSync('/proc/self/fd').length;
    const before = [descriptors(), leftovers()];
    expect(() =>
      withPinFile('1234', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect([descriptors(), leftovers()]).toEqual(before);
  });
});

function leftovers(): string[] {
  return existsSync('/dev/shm') ? readdirSync('/dev/shm').filter((name) => name.startsWith('bsm-')) : [];
}
