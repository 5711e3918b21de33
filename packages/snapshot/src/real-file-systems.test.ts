import { execFileSync, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { splitPath } from './file-path.js';
import { caught } from './fixtures/caught.js';
import { bundleChildProgram, type ChildProgram } from './fixtures/child-program.js';
import { failingFiles } from './fixtures/failing-files.js';
import { createTemporaryFolder } from './fixtures/temporary-folder.js';
import { replaceFile } from './write-snapshot-file.js';

// In a namespace of its own, where every user of Linux may mount (if the machine lets them).
const MOUNT = 'mount -t tmpfs -o size=16k,mode=700 none "$1" && printf old > "$1/old.json"';
const namespace = (script: string, args: readonly string[]): readonly string[] => [
  '-c',
  'exec unshare -rm sh -c "$@"',
  'sh',
  script,
  'sh',
  ...args,
];

let program: ChildProgram;

beforeAll(async () => {
  program = await bundleChildProgram();
});

afterAll(() => program[Symbol.asyncDispose]());

/** What the program says of a directory that takes no more; undefined where nothing can be mounted. */
async function tryIn(prepare: string): Promise<string[] | undefined> {
  await using folder = await createTemporaryFolder();
  if (spawnSync('sh', namespace(MOUNT, [folder.path])).status !== 0) return undefined;
  const script = `${MOUNT} && ${prepare} && TMPDIR="$1" "$2" "$3" full "$1" && cat "$1/old.json"`;
  const args = namespace(script, [folder.path, process.execPath, program.file]);
  return execFileSync('sh', args, { encoding: 'utf8' }).split('\n');
}

/** The same where nothing can be mounted: every call that writes fails. */
async function tryInjected(errno: string): Promise<void> {
  await using folder = await createTemporaryFolder();
  const path = await folder.write('old.json', 'old');
  const files = await failingFiles((call) => (call === 'handle.writeFile' ? errno : undefined));
  const error = await caught(async () => replaceFile(files, await splitPath(path), 'new'));
  expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_WRITE_FAILED', details: { errno } });
  expect([await folder.list(), await readFile(path, 'utf8')]).toEqual([['old.json'], 'old']);
}

describe('row 39', () => {
  it.each([
    ['a full disk', 'true', 'ENOSPC', 'filler,old.json'],
    ['a read-only home', 'mount -o remount,ro none "$1"', 'EROFS', 'old.json'],
  ])(
    '%s: an error, the old file stays, nothing else does, and the credentials are usable',
    async (_name, prepare, errno, left) => {
      const said = await tryIn(prepare);
      if (said === undefined) return tryInjected(errno);
      const failure = `ERR_BSM_SNAPSHOT_WRITE_FAILED ${errno}`;
      expect(said).toEqual([failure, failure, failure, failure, left, 'ASIAIOSFODNN7EXAMPLE', 'old']);
    },
  );
});
