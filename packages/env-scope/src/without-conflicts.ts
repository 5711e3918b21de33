import { assertOption, isObject, optionInvalid } from '@bsm/core-cache';
import { CONFLICTING_VARIABLES } from './conflicting-variables.js';

/**
 * Copies an environment without every variable of {@link CONFLICTING_VARIABLES} and without those that are undefined. The base is
 * only read.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for what is no object of strings; `subject` is the function that was called with it.
 */
export function withoutConflicts(
  subject: string,
  base: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  assertOption(subject, 'base', base, isObject);
  // Not assigned one by one: a variable may be called `__proto__`.
  return Object.fromEntries(
    Object.entries(base).filter((entry): entry is [string, string] => {
      const [name, value] = entry as [string, unknown];
      if (value !== undefined && typeof value !== 'string')
        throw optionInvalid(subject, 'base', 'an object of strings');
      return value !== undefined && !isConflicting(name, platform);
    }),
  );
}

/** Tells whether a variable is one of {@link CONFLICTING_VARIABLES}. */
export function isConflicting(name: string, platform: NodeJS.Platform = process.platform): boolean {
  const compared = platform === 'win32' ? name.toUpperCase() : name;
  return CONFLICTING_VARIABLES.some((entry) =>
    entry.endsWith('*') ? compared.startsWith(entry.slice(0, -1)) : compared === entry,
  );
}
