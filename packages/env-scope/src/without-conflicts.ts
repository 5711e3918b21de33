import { assertOption, isObject, optionInvalid } from '@bsm/core-cache';
import { envScopes } from './env-scopes.js';
import { isConflicting, isSameVariable } from './is-conflicting.js';

/**
 * Copies an environment without every variable of `CONFLICTING_VARIABLES` and without those that are undefined. The base is only read.
 *
 * Of `process.env`, while a `withEnv` scope is open that brought an endpoint, the endpoint before that scope is copied: the other one
 * belongs to the scope's session.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for what is no object of strings; `subject` is the function that was called with it.
 */
export function withoutConflicts(
  subject: string,
  base: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  assertOption(subject, 'base', base, isObject);
  const scoped = base === process.env ? envScopes().endpoint : undefined;
  const kept = Object.entries(base).filter((entry): entry is [string, string] => {
    const [name, value] = entry as [string, unknown];
    if (value !== undefined && typeof value !== 'string') throw optionInvalid(subject, 'base', 'an object of strings');
    const isScoped = scoped !== undefined && isSameVariable(name, 'AWS_ENDPOINT_URL', platform);
    return value !== undefined && !isScoped && !isConflicting(name, platform);
  });
  if (scoped?.before !== undefined) kept.push(['AWS_ENDPOINT_URL', scoped.before]);
  // Not assigned one by one: a variable may be called `__proto__`.
  return Object.fromEntries(kept);
}
