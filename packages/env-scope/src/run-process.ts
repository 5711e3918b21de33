import type { ChildProcess } from 'node:child_process';
import { captureOutput } from './run-capture.js';
import { commandFailed, notStarted } from './run-errors.js';
import { processGroup } from './run-group.js';
import { passSignalsTo } from './run-signals.js';

/** How a command ended. */
export interface RunResult {
  /** Null when a signal ended the command. */
  readonly exitCode: number | null;
  /** The signal that ended the command, or null. */
  readonly signal: NodeJS.Signals | null;
  /** What it printed, as UTF-8, with `stdio: 'pipe'`. */
  readonly stdout?: string | undefined;
  /** The same of its errors. */
  readonly stderr?: string | undefined;
}

/** What {@link runProcess} needs to know. */
interface ProcessOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string | undefined;
  readonly stdio: 'inherit' | 'pipe';
  readonly maxOutputBytes: number;
  readonly killAfterMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Starts a program, hands it the signals of this process, and waits for its end, or ends it when the signal aborts. */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<RunResult> {
  const { cwd, killAfterMs, signal } = options;
  if (cwd !== undefined) await assertDirectory(command, cwd);
  const { spawn } = await import('node:child_process');
  const isTerminal = options.stdio === 'inherit' && (await hasTerminal());
  const ownGroup = !isTerminal && process.platform !== 'win32';
  signal?.throwIfAborted();

  let child: ChildProcess | undefined;
  // Before the start: a signal in between would end this process and leave the command behind.
  const stopSignals = passSignalsTo({
    receive(received) {
      // The terminal, and on Windows the console, has sent it to the command as well.
      if (received === 'SIGINT' && !ownGroup) return;
      if (child) processGroup(child, ownGroup).send(received);
    },
  });
  try {
    child = start(() => spawn(command, [...args], spawnOptions(options, ownGroup)), command);
    return await untilEnd(child, command, options);
  } catch (error) {
    if (child) await processGroup(child, ownGroup).end(killAfterMs);
    throw error;
  } finally {
    stopSignals();
  }
}

async function assertDirectory(command: string, cwd: string): Promise<void> {
  const { access, constants, stat } = await import('node:fs/promises');
  const isDirectory = await Promise.all([stat(cwd), access(cwd, constants.X_OK)]).then(
    ([found]) => found.isDirectory(),
    () => false,
  );
  if (!isDirectory) {
    throw commandFailed(
      command,
      'no-directory',
      'could not be started: options.cwd is no directory that can be entered',
    );
  }
}

async function hasTerminal(): Promise<boolean> {
  const { isatty } = await import('node:tty');
  return [0, 1, 2].some((descriptor) => isatty(descriptor));
}

function spawnOptions(
  { env, cwd, stdio }: ProcessOptions,
  ownGroup: boolean,
): Parameters<typeof import('node:child_process').spawn>[2] {
  const captures = stdio === 'pipe';
  return {
    env,
    cwd,
    shell: false,
    detached: ownGroup,
    windowsHide: captures,
    stdio: captures ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  };
}

/** Some faults are thrown by `spawn`, the others come as an event. */
function start(begin: () => ChildProcess, command: string): ChildProcess {
  try {
    return begin();
  } catch (error) {
    throw notStarted(command, error);
  }
}

function untilEnd(
  child: ChildProcess,
  command: string,
  { maxOutputBytes, signal }: ProcessOptions,
): Promise<RunResult> {
  return new Promise<RunResult>((resolve, reject) => {
    const leave = (): void => reject(signal?.reason);
    const stdout = captureOutput(child.stdout, maxOutputBytes, tooMuch);
    const stderr = captureOutput(child.stderr, maxOutputBytes, tooMuch);
    function tooMuch(): void {
      reject(commandFailed(command, 'too-much-output', 'was ended: it printed more than options.maxOutputBytes'));
    }
    signal?.addEventListener('abort', leave, { once: true });
    child.on('error', (error) => reject(notStarted(command, error)));
    child.on('close', (exitCode, endedBy) => {
      signal?.removeEventListener('abort', leave);
      resolve({ exitCode, signal: endedBy, ...(stdout && { stdout: stdout() }), ...(stderr && { stderr: stderr() }) });
    });
  });
}
