import { tmpdir } from 'node:os';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { mfaCommand } from './mfa-command.js';

const script = (code: string): string[] => [process.execPath, '-e', code];
const never = new AbortController().signal;
const run = (...args: Parameters<typeof mfaCommand>) => mfaCommand(...args)('GAHT12345678', { signal: never });

async function failureOf(...args: Parameters<typeof mfaCommand>): Promise<unknown> {
  return Promise.resolve(run(...args)).then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );
}

describe('mfaCommand', () => {
  it.each<[string, readonly string[], Parameters<typeof mfaCommand>[1], string]>([
    ['prints a code', script('console.log(123456)'), {}, '123456'],
    ['prints text around it', script("console.log('Enter PIN 111111\\nOTP: 222222')"), {}, '222222'],
    [
      'gets its words as they are',
      script('console.log(process.argv[1])').concat('111111 | echo $HOME "222222"'),
      {},
      '222222',
    ],
    [
      'reads its input',
      script("process.stdin.on('data', (d) => console.log(String(d).trim()))"),
      { input: '654321\n' },
      '654321',
    ],
    ['has its input closed', script("process.stdin.on('end', () => console.log(123456)).resume()"), {}, '123456'],
    ['does not read its input', script('console.log(123456)'), { input: 'x'.repeat(1_000_000) }, '123456'],
    [
      'has the environment that is given',
      script('console.log(process.env.SEED, process.env.HOME)'),
      { env: { SEED: '123456' } },
      '123456',
    ],
    [
      'has the directory that is given',
      script('console.log(process.cwd() === require("fs").realpathSync(require("os").tmpdir()) ? 123456 : 0)'),
      { cwd: tmpdir() },
      '123456',
    ],
    ['writes messages beside it', script("console.error('999999'); console.log('123456')"), {}, '123456'],
  ])('gives the code of a command that %s', async (_, command, options, code) => {
    expect(await run(command, options)).toBe(code);
  });

  it.each<[string, readonly string[], Parameters<typeof mfaCommand>[1], object]>([
    ['is not there', ['no-such-program-of-bsm'], {}, { reason: 'not-found' }],
    ['has no directory', script('0'), { cwd: '/no-such-directory-of-bsm' }, { reason: 'not-found' }],
    ['is a directory', [import.meta.dirname], {}, { reason: 'not-started', status: 'EACCES' }],
    [
      'fails',
      script("console.log('123456'); console.error('seed JBSWY3DP'); process.exit(3)"),
      {},
      { reason: 'exit', status: 3 },
    ],
    ['is killed', script("process.kill(process.pid, 'SIGTERM')"), {}, { reason: 'exit', status: 'SIGTERM' }],
    ['prints its code as a message', script("process.stderr.write('123456')"), {}, { reason: 'no-code' }],
    ['prints nothing', script('0'), {}, { reason: 'no-code' }],
    ['prints seven digits', script('console.log(1234567)'), {}, { reason: 'no-code' }],
    [
      'never ends',
      script('console.log(123456); setInterval(() => {}, 1e6)'),
      { timeoutMs: 300 },
      { reason: 'timeout' },
    ],
    [
      'never stops to print',
      script("const f = () => process.stdout.write('x'.repeat(65536), f); f()"),
      {},
      { reason: 'too-much-output' },
    ],
  ])('fails typed when the command %s, and shows nothing of it', async (_, command, options, details) => {
    const error = await failureOf([...command, 'seed=JBSWY3DP'], { timeoutMs: 20_000, ...options });
    expect(error).toMatchObject({ code: 'ERR_BSM_MFA_COMMAND_FAILED', retryable: false, details });
    expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/JBSWY3DP|123456|no-such-program/);
  });

  it('does not wait for a grandchild that holds the output open', async () => {
    const grandchild = "['-e', 'setTimeout(() => {}, 2000)'], { stdio: 'inherit' }";
    const command = script(`require('child_process').spawn(process.execPath, ${grandchild}).unref(); process.exit(0)`);
    expect(await failureOf(command, { timeoutMs: 500 })).toMatchObject({ details: { reason: 'timeout' } });
  });

  it('kills the command when nobody needs the code any more', async () => {
    const abort = new AbortController();
    const waiting = mfaCommand(script('setInterval(() => {}, 1e6)'))('GAHT12345678', { signal: abort.signal });
    abort.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    await expect(mfaCommand(script('0'))('GAHT12345678', { signal: abort.signal })).rejects.toThrow('closed');
  });

  it.each<[string, unknown, unknown]>([
    ['command', 'echo 123456', undefined],
    ['command', [], undefined],
    ['command', [''], undefined],
    ['command', ['echo', 1], undefined],
    ['command', ['echo', 'a\0b'], undefined],
    ['shell', ['echo'], { shell: true }],
    ['stdout', ['echo'], { stdout: 'pipe' }],
    ['stderr', ['echo'], { stderr: 'pipe' }],
    ['executable', ['echo'], { executable: '/bin/sh' }],
    ['timeoutMs', ['echo'], { timeoutMs: 0 }],
    ['env', ['echo'], { env: { A: 1 } }],
    ['env', ['echo'], { env: null }],
    ['cwd', ['echo'], { cwd: '' }],
    ['input', ['echo'], { input: 5 }],
  ])('refuses at once what is wrong: %s', (option, command, options) => {
    const [words, rest] = [command as string[], options as object];
    expect(() => mfaCommand(words, rest)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });

  it('runs a command line without a shell', async () => {
    const node = JSON.stringify(process.execPath);
    expect(await run(mfaCommand.parse(`${node} -p "111111" | ${node} -p 222222`))).toBe('111111');
  });
});
