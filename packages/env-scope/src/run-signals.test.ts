import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BundledProgram, bundledProgram } from './fixtures/bundled-program.js';
import { EXAMPLE_SECRET, literalSession } from './fixtures/literal-session.js';
import { isRunning, zombies } from './fixtures/process-state.js';
import { startProgram } from './fixtures/started-program.js';
import { type RunOptions, run } from './run.js';

const NODE = process.execPath;
const LISTENED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'] as const;

/**
 * A program that runs the code of its first argument, with options from the second, and tells how that ended. SIGUSR2 lets it do
 * what the third argument says.
 */
const PARENT = `
  import { createSession } from '@bsm/core-cache';
  import { run } from './run.js';
  const [code, options, onSignal] = process.argv.slice(2);
  const abort = new AbortController();
  process.on('SIGUSR2', () => {
    if (onSignal === 'exit') process.exit(7);
    if (onSignal === 'throw') setTimeout(() => { throw new Error('on purpose'); });
    if (onSignal === 'abort') abort.abort('enough');
  });
  process.setUncaughtExceptionCaptureCallback(() => process.exit(1));
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: '${EXAMPLE_SECRET}' };
  const session = createSession({ credentials, region: 'eu-west-1' });
  const running = run(session, process.execPath, ['-e', code], { ...JSON.parse(options), signal: abort.signal });
  const result = await running.catch((reason) => ({ reason }));
  const listeners = ${JSON.stringify(LISTENED)}.map((name) => process.listenerCount(name)).join();
  console.log('result ' + JSON.stringify({ ...result, listeners }));
`;
/** Longer than any test, and yet nothing is left when one fails. */
const FOREVER = 'setTimeout(() => {}, 30_000);';
const DEAF = "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {});";
const WAITS = `console.log('child ' + process.pid); ${FOREVER}`;

let parentProgram: BundledProgram;
const directory = mkdtempSync(join(tmpdir(), 'bsm-run-signals-'));
beforeAll(async () => {
  parentProgram = await bundledProgram(PARENT);
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await parentProgram[Symbol.asyncDispose]();
});

let before: number[];
const listeners = (): number[] => LISTENED.map((name) => process.listenerCount(name));
beforeEach(() => {
  before = listeners();
});
afterEach(async () => {
  expect(listeners()).toEqual(before);
  // One that a test itself started may still be on its way.
  await expect.poll(zombies).toEqual([]);
});

const startParent = (code: string, options: RunOptions = {}, onSignal = '') =>
  startProgram(NODE, [parentProgram.file, code, JSON.stringify(options), onSignal]);

/** Code that starts code in a process of its own, which holds the same output. */
const starting = (code: string, options = {}): string =>
  `const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}],
     ${JSON.stringify({ stdio: 'inherit', ...options })});`;

describe('signals to a process that runs a command', () => {
  it('go to the command, end neither, and are listened to no longer than that', async () => {
    const parent = startParent(`
      let count = 0;
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
        process.on(name, () => { console.log('got ' + ++count + name); if (count === 3) process.exit(40); });
      }
      ${WAITS}`);
    const child = Number(await parent.line('child'));
    parent.kill('SIGINT');
    expect(await parent.line('got 1')).toBe('SIGINT');
    parent.kill('SIGHUP');
    expect(await parent.line('got 2')).toBe('SIGHUP');
    parent.kill('SIGTERM');
    expect(await parent.end).toEqual({
      exitCode: 0,
      signal: null,
      lines: [
        `child ${child}`,
        'got 1SIGINT',
        'got 2SIGHUP',
        'got 3SIGTERM',
        'result {"exitCode":40,"signal":null,"listeners":"0,0,0,0"}',
      ],
    });
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('are what ends a command that does not expect %s', async (name) => {
    const parent = startParent(WAITS);
    await parent.line('child');
    parent.kill(name);
    expect((await parent.end).lines.at(-1)).toBe(`result {"exitCode":null,"signal":"${name}","listeners":"0,0,0,0"}`);
  });

  it('reach the whole group of the command', async () => {
    const parent = startParent(starting(WAITS));
    const grandchild = Number(await parent.line('child'));
    parent.kill('SIGTERM');
    // The output ends when nobody holds it any more.
    await parent.end;
    await expect.poll(() => isRunning(grandchild)).toBe(false);
  });

  it.each([
    ['exits', 'exit', 7],
    ['fails', 'throw', 1],
  ])('are not needed when it %s: the command is ended with it', async (_, onSignal, exitCode) => {
    const parent = startParent(WAITS, {}, onSignal);
    const child = Number(await parent.line('child'));
    parent.kill('SIGUSR2');
    expect(await parent.end).toMatchObject({ exitCode });
    await expect.poll(() => isRunning(child)).toBe(false);
  });
});

// `script` gives a program a terminal and sends what it reads to it: \003 is Ctrl-C.
describe.each(['/usr/bin/script'].filter(existsSync))('a command on a terminal that %s gives it', () => {
  const TELLS_ONCE = `
    process.on('SIGINT', () => { process.stdout.write('got SIGINT.'); setTimeout(() => process.exit(9), 200); });
    require('fs').writeFileSync(process.env.READY, ''); ${FOREVER}`;
  const TYPE = `
    after() { for i in $(seq 300); do "$@" && return; sleep 0.05; done; }
    (after test -e "$READY"; printf '\\003'; after grep -q result "$OUT") | script -qefc "$COMMAND" "$OUT" >/dev/null || true`;

  it.each<[string, RunOptions, string]>([
    ['once, from the terminal', {}, '{"exitCode":9,"signal":null,"listeners":"0,0,0,0"}'],
    [
      'through this process when its output is captured',
      { stdio: 'pipe' },
      '{"exitCode":9,"signal":null,"stdout":"got SIGINT.","stderr":"","listeners":"0,0,0,0"}',
    ],
  ])('gets Ctrl-C %s', async (_, options, result) => {
    const out = join(directory, `typed-${options.stdio}`);
    const command = `'${NODE}' '${parentProgram.file}' "$CODE" '${JSON.stringify(options)}'`;
    const env = {
      ...process.env,
      CODE: TELLS_ONCE,
      COMMAND: command,
      OUT: out,
      READY: `${out}.ready`,
      SHELL: '/bin/sh',
    };
    await promisify(execFile)('sh', ['-c', `touch "$OUT"; ${TYPE}`], { env });
    const output = readFileSync(out, 'utf8');
    expect(output.match(/got SIGINT/g)).toHaveLength(1);
    expect(output).toContain(`result ${result}`);
  });
});

describe('an abort', () => {
  /** Runs code that tells the processes it consists of, aborts when they are ready, and tells what came of it when all are gone. */
  async function aborted(code: string, options?: RunOptions): Promise<string> {
    const parent = startParent(code, options, 'abort');
    const pids = (await parent.line('pids')).split(' ').map(Number);
    await parent.line('ready');
    parent.kill('SIGUSR2');
    const { lines } = await parent.end;
    await expect.poll(() => pids.filter(isRunning)).toEqual([]);
    return lines.at(-1)!;
  }
  const GONE = 'result {"reason":"enough","listeners":"0,0,0,0"}';

  it('ends the command and rejects with its reason when it is gone', async () => {
    expect(await aborted(`console.log('pids ' + process.pid); console.log('ready'); ${FOREVER}`)).toBe(GONE);
  });

  it('lets the command clean up', async () => {
    const code = `
      process.on('SIGTERM', () => setTimeout(() => { console.log('clean'); process.exit(); }, 50));
      console.log('pids ' + process.pid); console.log('ready'); ${FOREVER}`;
    const parent = startParent(code, {}, 'abort');
    await parent.line('ready');
    parent.kill('SIGUSR2');
    expect((await parent.end).lines.slice(-2)).toEqual(['clean', GONE]);
  });

  it('kills a group that does not listen', async () => {
    const grandchild = starting(`${DEAF} console.log('ready'); ${FOREVER}`);
    const code = `${DEAF} ${grandchild} console.log('pids ' + process.pid + ' ' + child.pid);`;
    expect(await aborted(code, { killAfterMs: 100 })).toBe(GONE);
  });

  it('ends what is left of a group whose first process listened', async () => {
    const grandchild = starting(`${DEAF} console.log('ready'); ${FOREVER}`);
    const code = `${grandchild} console.log('pids ' + process.pid + ' ' + child.pid);`;
    expect(await aborted(code, { killAfterMs: 100 })).toBe(GONE);
  });

  it('does not wait for the output of a process that left the group', async () => {
    const abort = new AbortController();
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    const ready = new Promise<void>((resolve) => process.once('SIGUSR2', () => resolve()));
    const code = `${starting('setTimeout(() => {}, 2_000)', { detached: true })} process.kill(process.ppid, 'SIGUSR2'); ${FOREVER}`;
    const running = run(session, NODE, ['-e', code], { stdio: 'pipe', signal: abort.signal });
    await ready;
    abort.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });

  it('before the start starts nothing', async () => {
    const file = join(directory, 'started');
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    const early = run(session, 'touch', [file], { signal: AbortSignal.abort(new Error('early')) });
    await expect(early).rejects.toThrow('early');
    for (const mode of ['env', 'endpoint', undefined] as const) {
      const abort = new AbortController();
      const slow = { credentials: () => new Promise<never>(() => {}), region: 'eu-west-1' };
      const waiting = run(slow, 'touch', [file], { signal: abort.signal, mode });
      abort.abort(new Error('late'));
      await expect(waiting).rejects.toThrow('late');
    }
    expect(existsSync(file)).toBe(false);
  });

  it('after the end changes nothing', async () => {
    const abort = new AbortController();
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    const result = await run(session, NODE, ['-e', '0'], { signal: abort.signal });
    abort.abort();
    expect(result).toEqual({ exitCode: 0, signal: null });
  });
});
