import {
  checkOptions,
  isDuration,
  isOneOf,
  isText,
  type MfaTokenProvider,
  type OptionCheck,
  optionInvalid,
} from '@bsm/core-cache';
import { parseCommandLine } from './parse-command-line.js';
import { runMfaCommand } from './run-mfa-command.js';

/** Options of {@link mfaCommand}. */
export interface MfaCommandOptions {
  /** How long the command may run. Default 30,000. */
  readonly timeoutMs?: number | undefined;
  /** The whole environment of the command. Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default: the working directory of this process. */
  readonly cwd?: string | undefined;
  /** Written to the command's standard input, which is closed otherwise. */
  readonly input?: string | undefined;
  /** Where messages of the command go, such as "Touch your key". Default `'ignore'`: nothing is printed. */
  readonly stderr?: 'ignore' | 'inherit' | undefined;
}

/** Type of {@link mfaCommand}. */
export interface MfaCommand {
  (command: readonly string[], options?: MfaCommandOptions): Exclude<MfaTokenProvider, string>;
  /**
   * Splits a command line into the words of a command, by the quoting rules of a POSIX shell; nothing else in it has a meaning.
   *
   * @throws BsmError `ERR_BSM_OPTION_INVALID` for quotes that are not closed.
   */
  parse(text: string): readonly string[];
}

/**
 * Makes a token provider of a command that prints an MFA code: the last six digits that stand alone in its output.
 *
 * The command is run at each refresh, without a shell, so that nothing in its words is interpreted; output, time and errors are
 * bounded. It is killed when nobody needs the code any more.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once. When used `ERR_BSM_MFA_COMMAND_FAILED`, with `details.reason`: `not-found`,
 * `not-started`, `exit`, `timeout`, `too-much-output` or `no-code`. Neither the command nor what it printed is ever shown.
 *
 * @example
 * ```ts
 * const mfa = {
 *   serialNumber: 'arn:aws:iam::123456789012:mfa/alice',
 *   token: mfaCommand(['ykman', 'oath', 'accounts', 'code', '--single', 'AWS'], { stderr: 'inherit' }),
 * };
 * ```
 */
export const mfaCommand: MfaCommand = /* @__PURE__ */ Object.assign(
  (command: readonly string[], options: MfaCommandOptions = {}): Exclude<MfaTokenProvider, string> => {
    checkCommand(command, options);
    const words = [...command];
    const { timeoutMs = DEFAULT_TIMEOUT_MS, ...rest } = options;
    return (_serialNumber, { signal }) => runMfaCommand(words, { ...rest, timeoutMs, signal });
  },
  { parse: parseCommandLine },
);

const DEFAULT_TIMEOUT_MS = 30_000;

function checkCommand(command: readonly string[], options: MfaCommandOptions): void {
  const words: unknown = command;
  if (!Array.isArray(words) || !words.every(isWord) || !words[0]) {
    throw optionInvalid(
      'mfaCommand',
      'command',
      'a list of words that begins with a program; see mfaCommand.parse for text',
    );
  }
  checkOptions<MfaCommandOptions>('mfaCommand', options, {
    timeoutMs: isDuration(1),
    env: isEnvironment,
    cwd: isText,
    input: (value) => (typeof value === 'string' ? undefined : 'a string'),
    stderr: isOneOf('ignore', 'inherit'),
  });
}

function isWord(word: unknown): boolean {
  return typeof word === 'string' && !word.includes('\0');
}

const isEnvironment: OptionCheck = (value) => {
  const fine =
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((text) => text === undefined || isWord(text));
  return fine ? undefined : 'a record of strings';
};
