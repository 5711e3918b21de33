import {
  assertOption,
  checkOptions,
  fromSessionLike,
  isAbortSignal,
  isDuration,
  isInteger,
  isObject,
  isOneOf,
  isText,
  type OptionCheck,
  type OptionChecks,
  type Session,
  type SessionLike,
} from '@bsm/core-cache';
import { childEnv } from './child-env.js';
import { nestedDepth } from './run-depth.js';
import { type RunResult, runProcess } from './run-process.js';
import { serveCredentials } from './serve-credentials.js';
import { withoutConflicts } from './without-conflicts.js';

/** Options of {@link run}. */
export interface RunOptions {
  /**
   * `'endpoint'`: the command gets credentials from this process and renews them for as long as it runs. `'env'`: it gets those of
   * now, which end when they end. Default: the endpoint, but `'env'` for credentials that state no end.
   */
  readonly mode?: 'env' | 'endpoint' | undefined;
  /** The environment that the command starts from. What could contradict the session is removed. Default `process.env`. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Default: the working directory of this process. A relative `command` with a slash counts from here. */
  readonly cwd?: string | undefined;
  /** `'inherit'` (the default): input, output and terminal of this process. `'pipe'`: no input; the output is in the result. */
  readonly stdio?: 'inherit' | 'pipe' | undefined;
  /** How much of each output is kept with `stdio: 'pipe'`; a command that prints more is ended. Default 10,485,760. */
  readonly maxOutputBytes?: number | undefined;
  /** How long the command may take to end after SIGTERM when `signal` aborts, before SIGKILL. Default 5,000. */
  readonly killAfterMs?: number | undefined;
  /** How deep programs may be nested that start each other by `run`. Default 4. */
  readonly maxDepth?: number | undefined;
  /** Ends the wait for credentials, and the command. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@link run} gives with `stdio: 'pipe'`. */
export interface CapturedRunResult extends RunResult {
  readonly stdout: string;
  readonly stderr: string;
}

const MOST_OUTPUT = 10_485_760;
const KILL_AFTER_MS = 5_000;
const MAX_DEPTH = 4;

/**
 * Runs a command as the session: the AWS CLI, Terraform, a script in any language. `process.env` is not touched.
 *
 * Resolves when the command has ended, also when it failed, with exit code and signal as they were. No shell is involved: each
 * argument reaches the program as it is. (Windows has no `exec` for batch files: for `x.cmd` the command is `cmd.exe` and the
 * arguments `['/d', '/s', '/c', …]`, which parses them again; never pass it text of others.)
 *
 * **Signals.** SIGINT, SIGTERM and SIGHUP that this process gets while the command runs go to the command, and do not end this
 * process: look at `signal` of the result. With a terminal among the inherited streams the terminal itself sends Ctrl-C to both, so SIGINT
 * is not passed on. Without one the command has a process group of its own, which gets them as a whole (not on Windows). The
 * command is also ended when this process exits.
 *
 * **Abort.** The command, or its group, gets SIGTERM, after `killAfterMs` SIGKILL, and `run` rejects with the reason when it is gone.
 *
 * **Credentials** in `mode: 'endpoint'` are those of `serveCredentials`, whose endpoint closes with the command: what it leaves in the
 * background cannot renew. Work that blocks this process makes the command wait.
 *
 * **Nesting.** `BSM_RUN_DEPTH` counts in the environment of the command, so that a program that runs itself ends with an error.
 *
 * With `stdio: 'pipe'` all that holds the output open is waited for, as `$(…)` of a shell does.
 *
 * @throws BsmError `ERR_BSM_COMMAND_NOT_FOUND`; `ERR_BSM_COMMAND_FAILED`, with `details.reason`: `no-directory` (`cwd`),
 * `not-executable`, `not-started`, `too-much-output`; `ERR_BSM_COMMAND_NESTED`; `ERR_BSM_OPTION_INVALID`; what `childEnv` and
 * `serveCredentials` throw; the reason of `signal` after an abort. No argument, output or variable is ever shown.
 *
 * @example
 * ```ts
 * const { exitCode, signal } = await run(session, 'terraform', ['apply']);
 * if (signal) process.kill(process.pid, signal);
 * else process.exitCode = exitCode ?? 1;
 * ```
 */
export function run(
  session: SessionLike,
  command: string,
  args: readonly string[] | undefined,
  options: RunOptions & { readonly stdio: 'pipe' },
): Promise<CapturedRunResult>;
export function run(
  session: SessionLike,
  command: string,
  args?: readonly string[],
  options?: RunOptions,
): Promise<RunResult>;
export async function run(
  source: SessionLike,
  command: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<RunResult> {
  checkCommand(command, args, options);
  const { env: base = process.env, maxDepth = MAX_DEPTH, mode, signal } = options;
  const { cwd, stdio = 'inherit', maxOutputBytes = MOST_OUTPUT, killAfterMs = KILL_AFTER_MS } = options;
  const words = [...args];
  const depth = String(nestedDepth(base, maxDepth));
  // At once: a copy does not tell any more that it is one of `process.env`, in which a scope may have put its endpoint.
  const nested = { ...withoutConflicts('run', base), BSM_RUN_DEPTH: depth };
  signal?.throwIfAborted();
  const session = fromSessionLike(source);
  const scope = await openScope(session, mode ?? (await defaultMode(session, signal)), nested, signal);
  try {
    return await runProcess(command, words, { env: scope.env, cwd, stdio, maxOutputBytes, killAfterMs, signal });
  } finally {
    await scope.close();
  }
}

async function defaultMode(session: Session, signal: AbortSignal | undefined): Promise<'env' | 'endpoint'> {
  const { expiration } = await session.credentials({ signal });
  return expiration === undefined ? 'env' : 'endpoint';
}

/** What the command gets, and what ends with it. */
interface Scope {
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

async function openScope(
  session: Session,
  mode: 'env' | 'endpoint',
  base: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<Scope> {
  if (mode === 'env') return { env: await childEnv(session, base, { signal }), close: () => Promise.resolve() };
  const { childEnv: endpointEnv, close } = await serveCredentials(session, { signal });
  try {
    return { env: endpointEnv(base), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const isWord: OptionCheck = (value) =>
  typeof value === 'string' && !value.includes('\0') ? undefined : 'a string without NUL';

const isProgram: OptionCheck = (value, name) => isText(value, name) ?? isWord(value, name);

const areWords: OptionCheck = (value, name) =>
  Array.isArray(value) && value.every((word) => isWord(word, name) === undefined)
    ? undefined
    : 'a list of strings without NUL';

const isEnvironment: OptionCheck = (value, name) =>
  isObject(value, name) === undefined &&
  Object.entries(value as object).every(
    ([key, text]) => !/[=\0]/.test(key) && (text === undefined || isWord(text, name) === undefined),
  )
    ? undefined
    : 'a record of strings without NUL';

function checkCommand(command: string, args: readonly string[], options: RunOptions): void {
  assertOption('run', 'command', command, isProgram);
  assertOption('run', 'args', args, areWords);
  checkOptions<RunOptions>('run', options, CHECKS);
}

const CHECKS: OptionChecks<RunOptions> = {
  mode: /* @__PURE__ */ isOneOf('env', 'endpoint'),
  env: isEnvironment,
  cwd: isProgram,
  stdio: /* @__PURE__ */ isOneOf('inherit', 'pipe'),
  maxOutputBytes: /* @__PURE__ */ isInteger(0, 9_007_199_254_740_991),
  killAfterMs: /* @__PURE__ */ isDuration(),
  maxDepth: /* @__PURE__ */ isInteger(1, 1_000),
  signal: isAbortSignal,
};
