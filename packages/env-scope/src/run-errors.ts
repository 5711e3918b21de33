import { BsmError } from '@bsm/core-cache';
import { redact } from '@bsm/masking';

/** Why a command could not be run to its end. */
type Reason = 'no-directory' | 'not-executable' | 'not-started' | 'too-much-output';

/** Makes the error of a command of which the system says why it did not start. Its own error is not kept: it holds all words. */
export function notStarted(command: string, error: unknown): BsmError {
  const { code: status } = (error ?? {}) as { readonly code?: unknown };
  if (status === 'ENOENT') return notFound(command);
  if (status === 'EACCES') {
    return commandFailed(command, 'not-executable', 'is no program, or this user may not run it');
  }
  const facts = typeof status === 'string' ? { status } : {};
  return commandFailed(
    command,
    'not-started',
    `could not be started${facts.status ? ` (${facts.status})` : ''}`,
    facts,
  );
}

/** Makes the error of a command that started, or could have. */
export function commandFailed(
  command: string,
  reason: Reason,
  what: string,
  facts: Readonly<Record<string, string>> = {},
): BsmError {
  return new BsmError('ERR_BSM_COMMAND_FAILED', `The command ${shown(command)} ${what}.`, {
    details: { reason, ...facts },
  });
}

function notFound(command: string): BsmError {
  const message = `The command ${shown(command)} was not found. Check its spelling and PATH; of a script also its first line.`;
  return new BsmError('ERR_BSM_COMMAND_NOT_FOUND', message);
}

/** The name of a program without its directory; a whole command line in place of a name may hold anything. */
function shown(command: string): string {
  const name = command.split(/[\\/]/).pop() ?? '';
  return /^[\w.+-]{1,64}$/.test(name) ? `"${redact(name)}"` : '(unprintable)';
}
