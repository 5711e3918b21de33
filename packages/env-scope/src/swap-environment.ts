import type { EnvScopes } from './env-scopes.js';
import { isConflicting, isSameVariable } from './is-conflicting.js';

const ENDPOINT = 'AWS_ENDPOINT_URL';

/**
 * Puts the variables of a session into `process.env` in place of all that could contradict them; returns what undoes it.
 *
 * Undoing puts back exactly what was there: variables that were absent are deleted again, and what was done meanwhile to the
 * variables of the table is undone as well. All others stay as they are by then.
 */
export function swapEnvironment(scopes: EnvScopes, variables: Readonly<Record<string, string>>): () => void {
  const before = process.env;
  const bringsEndpoint = variables[ENDPOINT] !== undefined;
  const setsEndpoint = bringsEndpoint && !scopes.endpoint;
  if (setsEndpoint) scopes.endpoint = { before: before[ENDPOINT] };
  // An endpoint that an outer scope brought belongs to its session: a session without one gets what was there before all scopes.
  const ownsEndpoint = scopes.endpoint !== undefined;
  const outside = scopes.endpoint?.before;
  const inside = { ...(outside !== undefined && { [ENDPOINT]: outside }), ...variables };

  const isOwn = (name: string): boolean => isConflicting(name) || (ownsEndpoint && isSameVariable(name, ENDPOINT));
  const saved = Object.fromEntries(Object.entries(before).filter(([name]) => isOwn(name))) as Record<string, string>;

  const undo = (): void => {
    if (setsEndpoint) scopes.endpoint = undefined;
    // The object may have been replaced meanwhile, and both are left as they should be.
    for (const env of new Set([before, process.env])) replaceVariables(env, isOwn, saved);
  };
  try {
    replaceVariables(before, isOwn, inside);
  } catch (error) {
    undo();
    throw error;
  }
  return undo;
}

function replaceVariables(
  env: NodeJS.ProcessEnv,
  isOwn: (name: string) => boolean,
  wanted: Readonly<Record<string, string>>,
): void {
  // First what goes: where case does not count, two spellings are one variable.
  for (const name of Object.keys(env)) if (isOwn(name) && !Object.hasOwn(wanted, name)) delete env[name];
  Object.assign(env, wanted);
}
