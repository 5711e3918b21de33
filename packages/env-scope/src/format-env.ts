import { assertOption, BsmError, isObject, isOneOf, optionInvalid } from '@bsm/core-cache';
import { ENV_WRITERS } from './format-env-writers.js';

/** A format of {@link formatEnv}. */
export type EnvShell = 'sh' | 'fish' | 'powershell' | 'cmd' | 'dotenv' | 'json';

/**
 * Writes variables as the commands of a shell, a dotenv file or JSON, without a newline at the end.
 *
 * Reading the text back gives exactly the values, and nothing in a value is ever run; what a format cannot carry is refused, never
 * changed. Variables come in the order of the object, each on one line (values with newlines take more in `sh`, `fish`). One that is
 * `undefined` is removed by the shells, and left out of `dotenv` and `json`, which can only add.
 *
 * | format | for | refuses |
 * | --- | --- | --- |
 * | `sh` | `eval "$(…)"` in any POSIX shell | |
 * | `fish` | `… \| source` | |
 * | `powershell` | `… \| Invoke-Expression` | an empty value, which would remove the variable |
 * | `cmd` | a batch file | an empty value; all but printable ASCII; `"`, `%`, `!`; more than 8,000 characters |
 * | `dotenv` | Docker's and Node's `--env-file`, dotenv, Compose, `. ./file` | all but letters, digits and `_ . / : @ % + = , -` |
 * | `json` | programs | |
 *
 * Credentials and what else AWS issues fit every format. The text holds secrets: let it go to a pipe, never to a log.
 *
 * @throws BsmError `ERR_BSM_ENV_UNQUOTABLE` for a value or a name that the format cannot carry, in all of them NUL and half of a
 * surrogate pair, with `details` `{ shell, variable, reason }` (`'value'` or `'name'`) and never the value;
 * `ERR_BSM_OPTION_INVALID` for what is no record of texts, and for an unknown format.
 *
 * @example
 * ```ts
 * process.stdout.write(`${formatEnv(await credentialEnv(session), 'sh')}\n`);
 * // export AWS_ACCESS_KEY_ID='ASIA…'
 * ```
 */
export function formatEnv(env: Readonly<Record<string, string | undefined>>, shell: EnvShell): string {
  assertOption('formatEnv', 'env', env, isObject);
  assertOption('formatEnv', 'shell', shell, isOneOf('sh', 'fish', 'powershell', 'cmd', 'dotenv', 'json'));
  const variables = Object.entries(env);
  for (const [name, value] of variables) checkVariable(name, value, shell);
  // Made of entries, so that no name, `__proto__` included, has a meaning.
  if (shell === 'json') return JSON.stringify(Object.fromEntries(variables), undefined, 2);
  const { set, unset } = ENV_WRITERS[shell];
  const lines = variables.map(([name, value]) => (value === undefined ? unset(name) : set(name, value)));
  return lines.filter((line) => line !== undefined).join('\n');
}

function checkVariable(name: string, value: unknown, shell: EnvShell): void {
  // What is no plain name may be a value in the place of one.
  const shown = /^\w{1,64}$/.test(name) ? name : '(unprintable)';
  const refuse = (reason: 'name' | 'value', only: string): BsmError =>
    new BsmError(
      'ERR_BSM_ENV_UNQUOTABLE',
      `The ${reason} of the variable ${shown} cannot be written for ${shell}: it carries only ${only}.`,
      { details: { shell, variable: shown, reason } },
    );

  const isName = shell === 'json' ? /^[^=\0]+$/ : /^[A-Za-z_]\w*$/;
  if (!isName.test(name)) throw refuse('name', 'names of letters, digits and underscores');
  if (value === undefined) return;
  if (typeof value !== 'string') throw optionInvalid('formatEnv', `env.${shown}`, 'a string or undefined');
  if (/\0|\p{Surrogate}/u.test(value)) throw refuse('value', 'whole characters other than NUL');
  if (shell === 'json') return;
  const { carries, only } = ENV_WRITERS[shell];
  if (!carries.test(value)) throw refuse('value', only);
}
