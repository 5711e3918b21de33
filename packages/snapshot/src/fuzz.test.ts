import { describe, expect, it } from 'vitest';
import { caught } from './fixtures/caught.js';
import { exampleSession } from './fixtures/example-session.js';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { createTemporaryFolder } from './fixtures/temporary-folder.js';
import { fromSnapshotFile, toSnapshot, withSnapshotFile } from './index.js';
import { formatSnapshotText } from './snapshot-text.js';

const REFUSALS = ['ERR_BSM_SNAPSHOT_INVALID', 'ERR_BSM_SNAPSHOT_ENCRYPTED'];
const MEMBERS = ['region_name', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token', 'expiration_time'];
const JUNK = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '\\',
  '\0',
  '\uFEFF',
  'null',
  'true',
  '1e999',
  '-',
  '\u2028',
  '__proto__',
  '\ud800',
];

type Random = () => number;
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** A value of JSON, with names that mean something to JavaScript or to a snapshot. */
function anyValue(random: Random, depth: number = 0): unknown {
  const names = [...MEMBERS, '__proto__', 'constructor', 'prototype', 'toString', 'then', 'endpoint_url', ''];
  const makers = [
    () => null,
    () => random() * 1e6,
    () => random() < 0.5,
    () => '',
    () => String.fromCharCode(...Array.from({ length: 5 }, () => Math.floor(random() * 65_536))),
    () => pick(random, ['A', 'us-east-1', '2030-01-01T00:00:00Z', '2030-01-01T00:00:00']),
    () => (depth > 3 ? [] : Array.from({ length: 3 }, () => anyValue(random, depth + 1))),
    () =>
      depth > 3
        ? {}
        : Object.fromEntries(Array.from({ length: 4 }, () => [pick(random, names), anyValue(random, depth + 1)])),
  ];
  return pick(random, makers)();
}

describe('whatever is in the file', () => {
  const KINDS: Record<string, (random: Random, text: string) => string | Uint8Array> = {
    'cut off somewhere': (random, text) => text.slice(0, Math.floor(random() * text.length)),
    'with something else in it': (random, text) => {
      const at = Math.floor(random() * text.length);
      return text.slice(0, at) + pick(random, JUNK) + text.slice(at + Math.floor(random() * 3));
    },
    'with a bit that is another': (random, text) => {
      const bytes = Buffer.from(text);
      bytes[Math.floor(random() * bytes.length)]! ^= 1 << Math.floor(random() * 8);
      return bytes;
    },
    'random bytes': (random) => Uint8Array.from({ length: random() * 300 }, () => random() * 256),
    'another value': (random) => JSON.stringify(anyValue(random)),
    'an object with members of any kind': (random) =>
      JSON.stringify(Object.fromEntries(MEMBERS.map((name) => [name, anyValue(random)]))).replace(
        '{',
        '{"__proto__": {"polluted": 1}, ',
      ),
  };

  it.each(Object.entries(KINDS))('%s: a session or an error of ours, and nothing else', async (_kind, make) => {
    await using folder = await createTemporaryFolder();
    const random = createSeededRandom(7);
    const plain = formatSnapshotText(await toSnapshot(exampleSession()));
    const prototype = Object.getOwnPropertyNames(Object.prototype).sort();
    for (let round = 0; round < 300; round++) {
      const path = await folder.write('a.json', make(random, plain));
      try {
        const { accessKeyId, secretAccessKey, ...more } = await (await fromSnapshotFile(path)).credentials();
        expect([typeof accessKeyId, typeof secretAccessKey]).toEqual(['string', 'string']);
        expect(Object.keys(more).filter((name) => !['sessionToken', 'expiration'].includes(name))).toEqual([]);
      } catch (error) {
        const { code, message } = (error ?? {}) as { code?: string; message?: string };
        // A date that is another by one bit may have passed.
        expect([...REFUSALS, 'ERR_BSM_CREDENTIALS_EXPIRED'], message).toContain(code);
      }
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('an encrypted one that was changed: an error each time', async () => {
    await using folder = await createTemporaryFolder();
    const random = createSeededRandom(8);
    const { readFile } = await import('node:fs/promises');
    await withSnapshotFile(
      exampleSession(),
      async (sealed, { env }) => {
        const text = await readFile(sealed, 'utf8');
        for (const kind of ['cut off somewhere', 'with something else in it', 'with a bit that is another']) {
          for (let round = 0; round < 100; round++) {
            const changed = KINDS[kind]!(random, text);
            if (Buffer.from(changed).toString() === text) continue;
            const path = await folder.write('a.json', changed);
            const error = await caught(() => fromSnapshotFile(path, { key: env['BSM_SNAPSHOT_KEY'] }));
            expect(REFUSALS).toContain(error.code);
          }
        }
      },
      { encrypt: true },
    );
  });
});
