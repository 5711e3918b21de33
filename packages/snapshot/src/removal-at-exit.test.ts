import { existsSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleChildProgram, type Child, type ChildProgram } from './fixtures/child-program.js';
import { createTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';

let program: ChildProgram;
let folder: TemporaryFolder;

beforeAll(async () => {
  program = await bundleChildProgram();
});

afterAll(() => program[Symbol.asyncDispose]());

beforeEach(async () => {
  folder = await createTemporaryFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

/** Starts a program that opens a scope, and waits until the file is there. */
async function startScope(command: string, path?: string): Promise<Child> {
  const args = path === undefined ? [command] : [command, path];
  const child = program.start(args, { TMPDIR: folder.path });
  expect(existsSync((await child.line())!)).toBe(true);
  return child;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

describe('row 44: the file of a scope is removed', () => {
  it.each(SIGNALS)('on %s, by which the process ends as it would have', async (signal) => {
    const child = await startScope('hold');
    child.process.kill(signal);
    expect(await child.end).toEqual({ code: null, signal });
    expect(await folder.list()).toEqual([]);
  });

  it.each(SIGNALS)('on %s, with its claim on a path', async (signal) => {
    const child = await startScope('hold', folder.file('a.json'));
    child.process.kill(signal);
    expect(await child.end).toEqual({ code: null, signal });
    expect(await folder.list()).toEqual([]);
  });

  it.each(SIGNALS)('on %s, which is left to others who listen', async (signal) => {
    const child = await startScope('hold-with-listener');
    child.process.kill(signal);
    // The listeners of the package are gone when others are asked.
    expect(await child.line()).toBe(`heard ${signal}, 1 listening`);
    expect(await child.end).toEqual({ code: 1, signal: null });
    expect(await folder.list()).toEqual([]);
  });

  it('on a signal that somebody raises again who looks first whether anybody else listens', async () => {
    const child = await startScope('hold-with-counter');
    child.process.kill('SIGTERM');
    expect(await child.end).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await folder.list()).toEqual([]);
  });

  it('on a signal, of all scopes that are open', async () => {
    const child = await startScope('hold-two');
    expect(existsSync((await child.line())!)).toBe(true);
    expect(await folder.list()).toHaveLength(2);
    child.process.kill('SIGTERM');
    expect(await child.end).toEqual({ code: null, signal: 'SIGTERM' });
    expect(await folder.list()).toEqual([]);
  });

  it.each([
    ['process.exit()', 'exit', 3],
    ['an error that nobody catches', 'throw', 1],
    ['nothing being left to do', 'drain', 13],
  ])('on %s', async (_name, command, code) => {
    const child = program.start([command], { TMPDIR: folder.path });
    expect(await child.end).toEqual({ code, signal: null });
    expect((await child.line())!.startsWith(folder.path)).toBe(true);
    expect(await folder.list()).toEqual([]);
  });

  it('leaves no listener behind when the scope has ended', async () => {
    const child = program.start(['ended'], { TMPDIR: folder.path });
    expect(await child.line()).toBe('true, true');
    expect(await child.end).toEqual({ code: 0, signal: null });
  });
});
