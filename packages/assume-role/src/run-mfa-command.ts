import type { ChildProcess } from 'node:child_process';
import { BsmError } from '@bsm/core-cache';
import { findMfaCode } from './find-mfa-code.js';

export interface RunMfaCommandOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  readonly cwd?: string | undefined;
  readonly input?: string | undefined;
  readonly stderr?: 'ignore' | 'inherit' | undefined;
}

/** A code is a few characters; whatever prints more than this is no command for codes. */
const MOST_OUTPUT = 65_536;

/** Runs a command once and finds the code in what it prints. */
export async function runMfaCommand(
  [program = '', ...words]: readonly string[],
  options: RunMfaCommandOptions,
): Promise<string> {
  const { spawn } = await import('node:child_process');
  const { env, cwd, input, stderr = 'ignore', signal } = options;
  if (signal.aborted) throw signal.reason;
  const output = await new Promise<string>((resolve, reject) => {
    let child: ChildProcess;
    try {
      child = spawn(program, words, {
        env: env as NodeJS.ProcessEnv | undefined,
        cwd,
        shell: false,
        windowsHide: true,
        stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', stderr],
      });
    } catch {
      // Node refuses some programs at once, such as batch files of Windows.
      return reject(failed('not-started', 'could not be started'));
    }
    watch(child, options, resolve, reject);
    // A command that does not read its input, or is gone already, is no failure.
    child.stdin?.on('error', () => {}).end(input);
  });
  const code = findMfaCode(output);
  if (code === undefined) throw failed('no-code', 'printed no code of six digits');
  return code;
}

function watch(
  child: ChildProcess,
  { timeoutMs, signal }: RunMfaCommandOptions,
  resolve: (output: string) => void,
  reject: (reason: unknown) => void,
): void {
  let output = '';
  // Ends at once, and not when the command has ended: a grandchild may hold the output open.
  const end = (settle: () => void): void => {
    clearTimeout(deadline);
    signal.removeEventListener('abort', leave);
    child.kill('SIGKILL');
    child.stdout?.destroy();
    settle();
  };
  const leave = (): void => end(() => reject(signal.reason));
  const fail = (error: BsmError): void => end(() => reject(error));
  const deadline = setTimeout(() => fail(failed('timeout', `did not end within ${timeoutMs} ms`)), timeoutMs);

  signal.addEventListener('abort', leave, { once: true });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.length > MOST_OUTPUT) fail(failed('too-much-output', 'printed far more than a code'));
  });
  child.on('error', (error: NodeJS.ErrnoException) => {
    fail(
      error.code === 'ENOENT'
        ? failed('not-found', 'was not found, or its working directory was not')
        : failed('not-started', 'could not be started', error.code),
    );
  });
  child.on('close', (exitCode, killedBy) => {
    if (exitCode === 0) return end(() => resolve(output));
    fail(
      failed(
        'exit',
        exitCode === null ? `was ended by ${killedBy}` : `failed with exit code ${exitCode}`,
        exitCode ?? killedBy,
      ),
    );
  });
}

/** Without a cause: those of Node repeat the words of the command, which may hold the seed of the codes. */
function failed(reason: string, what: string, status?: string | number | null): BsmError {
  return new BsmError('ERR_BSM_MFA_COMMAND_FAILED', `The MFA command ${what}.`, {
    details: { reason, ...(status !== undefined && { status }) },
  });
}
