import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { SessionLike } from '@bsm/core-cache';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { literalSession } from './fixtures/literal-session.js';
import { hostileEnvironment, identityVariables } from './fixtures/process-env.js';
import { type RunOptions, run } from './run.js';

const NODE = process.execPath;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'] as const;
const TEMPORARY = { sessionToken: 'token', expiration: new Date('2100-01-01T00:00:00Z') };

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'bsm-run-')));
afterAll(() => rmSync(directory, { recursive: true }));

let before: string;
const state = (): string =>
  JSON.stringify([process.env, SIGNALS.map((name) => process.listenerCount(name)), process.cwd()]);
beforeEach(() => {
  before = state();
});
afterEach(() => {
  expect(state()).toBe(before);
});

/** Runs code of Node and returns the JSON that it prints. */
async function told(code: string, options: RunOptions = {}, args: readonly string[] = []): Promise<unknown> {
  using session = literalSession('AKIAIOSFODNN7EXAMPLE');
  const { stdout } = await run(session, NODE, ['-p', `JSON.stringify(${code})`, ...args], {
    ...options,
    stdio: 'pipe',
  });
  return JSON.parse(stdout);
}

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

describe('run', () => {
  it('gives the command the credentials of the session in place of all others', async () => {
    const env = { ...process.env, ...hostileEnvironment(), KEEP: 'this' };
    const seen = (await told('process.env', { env })) as NodeJS.ProcessEnv;
    expect(identityVariables(seen)).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    });
    expect(seen).toMatchObject({ KEEP: 'this', BSM_RUN_DEPTH: '1' });
  });

  it.each<[string, RunOptions, object, 'endpoint' | 'env']>([
    ['credentials that end', {}, TEMPORARY, 'endpoint'],
    ['credentials that state no end', {}, {}, 'env'],
    ['credentials that end, when told so', { mode: 'env' }, TEMPORARY, 'env'],
    ['credentials that state no end, when told so', { mode: 'endpoint' }, {}, 'endpoint'],
  ])('hands over %s', async (_, options, keys, expected) => {
    using session = literalSession('ASIAIOSFODNN7EXAMPLE', keys);
    const code = 'JSON.stringify(process.env)';
    const { stdout } = await run(session, NODE, ['-p', code], { ...options, stdio: 'pipe' });
    const env = JSON.parse(stdout) as NodeJS.ProcessEnv;
    const [uri, key] = [env['AWS_CONTAINER_CREDENTIALS_FULL_URI'], env['AWS_ACCESS_KEY_ID']];
    expect([uri !== undefined, key]).toEqual(
      expected === 'endpoint' ? [true, undefined] : [false, 'ASIAIOSFODNN7EXAMPLE'],
    );
    // Nothing answers any more.
    if (uri) await expect(fetch(uri)).rejects.toThrow();
  });

  it('uses no shell', async () => {
    const words = ['$HOME', '"', "'", '`id`', '*', '; echo x', '| cat', '%PATH%', '', ' ', 'a\nb', '--', '\\'];
    expect(await told('process.argv.slice(1)', {}, ['--', ...words])).toEqual(words);
  });

  it('runs where it is told to', async () => {
    expect(await told('process.cwd()', { cwd: directory })).toBe(directory);
    expect(await told('process.cwd()')).toBe(process.cwd());
  });

  it('finds the command in the PATH that the command gets', async () => {
    writeFileSync(join(directory, 'my-tool'), '#!/bin/sh\necho "$0 $1"\n', { mode: 0o755 });
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    const env = { PATH: `${directory}:/bin:/usr/bin` };
    const { stdout } = await run(session, 'my-tool', ['x y'], { env, stdio: 'pipe' });
    expect(stdout).toBe(`${directory}/my-tool x y\n`);
  });

  it.each<[string, string, object]>([
    ['an exit code', 'process.exit(3)', { exitCode: 3, signal: null }],
    ['success', '0', { exitCode: 0, signal: null }],
    ['the largest exit code', 'process.exit(255)', { exitCode: 255, signal: null }],
    ['a signal', "process.kill(process.pid, 'SIGKILL')", { exitCode: null, signal: 'SIGKILL' }],
  ])('returns %s as it was', async (_, code, expected) => {
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    const captured = await run(session, NODE, ['-e', code], { stdio: 'pipe' });
    expect(captured).toEqual({ ...expected, stdout: '', stderr: '' });
    // Nothing is printed, so the streams of the test may be inherited.
    expect(await run(session, NODE, ['-e', code])).toEqual(expected);
  });

  it('captures both outputs, characters whole, and gives no input', async () => {
    const code = `
      process.stdin.on('end', () => {
        process.stdout.write('ä'.repeat(100_001)); process.stderr.write('\u{1f511}\\n'); process.exitCode = 2;
      }).resume()`;
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    expect(await run(session, NODE, ['-e', code], { stdio: 'pipe' })).toEqual({
      exitCode: 2,
      signal: null,
      stdout: 'ä'.repeat(100_001),
      stderr: '\u{1f511}\n',
    });
  });

  it('waits for what the command leaves behind while it prints', async () => {
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    const { stdout } = await run(session, 'sh', ['-c', '(sleep 0.2; echo late) & echo early'], { stdio: 'pipe' });
    expect(stdout).toBe('early\nlate\n');
  });

  it('runs many at once, without a crowd of listeners', async () => {
    using session = literalSession('AKIAIOSFODNN7EXAMPLE', TEMPORARY);
    const running = Array.from({ length: 24 }, (_, index) =>
      run(session, 'sh', ['-c', `echo ${index}`], { stdio: 'pipe' }),
    );
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.listenerCount('SIGINT'));
    }, 1);
    const results = await Promise.all(running);
    clearInterval(watch);
    expect(results.map(({ stdout }) => Number(stdout))).toEqual(Array.from({ length: 24 }, (_, index) => index));
    expect(most).toBe(1 + process.listenerCount('SIGINT'));
  });

  const notFound = { code: 'ERR_BSM_COMMAND_NOT_FOUND' };
  const failed = (reason: string, facts = {}) => ({ code: 'ERR_BSM_COMMAND_FAILED', details: { reason, ...facts } });
  const endless = "const f = () => process.stdout.write('secret'.repeat(999), f); f()";
  const endlessErrors = "const f = () => process.stderr.write('secret'.repeat(999), f); f()";

  it.each<[string, string, readonly string[], RunOptions, object]>([
    ['is nowhere', 'no-such-command-of-bsm', [], {}, notFound],
    ['is a path to nothing', '/no/such/command', [], {}, notFound],
    ['is not in the PATH that is given', 'node', [], { env: { PATH: '/no/such' } }, notFound],
    ['is a script of nothing', join(directory, 'bad-script'), [], {}, notFound],
    ['is a directory', directory, [], {}, failed('not-executable')],
    ['may not be run', join(directory, 'plain-file'), [], {}, failed('not-executable')],
    [
      'has too many words',
      NODE,
      Array(200).fill('secret'.repeat(20_000)),
      {},
      failed('not-started', { status: 'E2BIG' }),
    ],
    ['has no directory', NODE, [], { cwd: '/no/such' }, failed('no-directory')],
    ['has a file as directory', NODE, [], { cwd: NODE }, failed('no-directory')],
    ['prints too much', NODE, ['-e', endless], { maxOutputBytes: 100_000 }, failed('too-much-output')],
    ['has too many errors', NODE, ['-e', endlessErrors], { maxOutputBytes: 0 }, failed('too-much-output')],
  ])('fails typed when the command %s, and shows no argument', async (_, command, args, options, expected) => {
    writeFileSync(join(directory, 'plain-file'), '', { mode: 0o644 });
    writeFileSync(join(directory, 'bad-script'), '#!/no/such/interpreter\n', { mode: 0o755 });
    using session = literalSession('ASIAIOSFODNN7EXAMPLE', TEMPORARY);
    const kinds: RunOptions['stdio'][] = options.maxOutputBytes === undefined ? ['pipe', 'inherit'] : ['pipe'];
    for (const stdio of kinds) {
      const error = await failureOf(run(session, command, [...args, 'secret'], { stdio, ...options }));
      expect(error).toMatchObject({ ...expected, retryable: false });
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('secret');
    }
  });

  it('names the command without its directory, and no command line', async () => {
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    await expect(run(session, '/opt/tools/terrraform')).rejects.toThrow(/"terrraform"/);
    await expect(run(session, 'mysql -psecret')).rejects.toThrow(/^(?!.*secret).*\(unprintable\)/);
  });

  it('passes on why there are no credentials, and starts nothing', async () => {
    const credentials = () => Promise.reject(new Error('none'));
    const [file, region] = [join(directory, 'started'), 'eu-west-1'];
    for (const mode of ['env', 'endpoint', undefined] as const) {
      const error = await failureOf(run({ credentials, region }, 'touch', [file], { mode }));
      expect(error).toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED' });
    }
    await expect(
      run({ credentials: async () => ({ accessKeyId: 'A', secretAccessKey: 'S' }), region }, 'test', ['-e', file]),
    ).resolves.toMatchObject({ exitCode: 1 });
  });

  it('needs no home, and no environment', async () => {
    using session = literalSession('ASIAIOSFODNN7EXAMPLE', TEMPORARY);
    const { stdout } = await run(session, NODE, ['-p', 'process.env.HOME'], { env: {}, stdio: 'pipe' });
    expect(stdout).toBe('undefined\n');
  });

  it('refuses a directory that it may not enter', async () => {
    const closed = join(directory, 'closed');
    mkdirSync(closed, { mode: 0o600 });
    chmodSync(closed, 0o600);
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    const result = run(session, NODE, ['-p', '0'], { cwd: closed, stdio: 'pipe' });
    // Root may enter every directory.
    if (process.getuid?.() === 0) await expect(result).resolves.toMatchObject({ exitCode: 0 });
    else await expect(result).rejects.toMatchObject({ details: { reason: 'no-directory' } });
  });

  it.each<[string, unknown, unknown, unknown]>([
    ['command', undefined, undefined, undefined],
    ['command', '', undefined, undefined],
    ['command', 'a\0b', undefined, undefined],
    ['command', ['aws'], undefined, undefined],
    ['args', 'aws', 's3 ls', undefined],
    ['args', 'aws', [1], undefined],
    ['args', 'aws', ['a\0b'], undefined],
    ['args', 'aws', { stdio: 'pipe' }, undefined],
    ['options', 'aws', [], null],
    ['options', 'aws', [], 'pipe'],
    ['mode', 'aws', [], { mode: 'server' }],
    ['env', 'aws', [], { env: null }],
    ['env', 'aws', [], { env: { A: 1 } }],
    ['env', 'aws', [], { env: { A: 'a\0b' } }],
    ['env', 'aws', [], { env: { 'A=B': 'x' } }],
    ['cwd', 'aws', [], { cwd: '' }],
    ['cwd', 'aws', [], { cwd: 'a\0b' }],
    ['stdio', 'aws', [], { stdio: 'ignore' }],
    ['maxOutputBytes', 'aws', [], { maxOutputBytes: -1 }],
    ['killAfterMs', 'aws', [], { killAfterMs: Number.NaN }],
    ['maxDepth', 'aws', [], { maxDepth: 0 }],
    ['signal', 'aws', [], { signal: 'SIGTERM' }],
    ['shell', 'aws', [], { shell: true }],
    ['detached', 'aws', [], { detached: true }],
  ])('refuses what is wrong: %s', async (option, command, args, options) => {
    using session = literalSession('AKIAIOSFODNN7EXAMPLE');
    await expect(run(session, command as string, args as string[], options as RunOptions)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option },
    });
  });

  it.each([undefined, null, {}, 'session'])('refuses what is no session: %s', async (source) => {
    await expect(run(source as unknown as SessionLike, NODE)).rejects.toMatchObject({ code: 'ERR_BSM_OPTION_INVALID' });
  });

  it('refuses a session that is closed', async () => {
    const session = literalSession('AKIAIOSFODNN7EXAMPLE');
    session.close();
    await expect(run(session, NODE)).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });
});
