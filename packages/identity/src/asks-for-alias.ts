import type { OptionCheck } from '@bsm/core-cache';

/** Whether to look up the alias, or who does without it. */
type AliasChoice = boolean | readonly string[];

/** Tells whether to look up the alias for an account and the names of its principal. */
export function asksForAlias(choice: AliasChoice, accountId: string, names: readonly (string | undefined)[]): boolean {
  if (typeof choice === 'boolean') return choice;
  const matches = (entry: string): boolean =>
    accountId.startsWith(entry) || accountId.endsWith(entry) || names.includes(entry);
  return !choice.some((entry) => entry !== '' && matches(entry));
}

/** Accepts an {@link AliasChoice}. */
export const isAliasChoice: OptionCheck = (value) =>
  typeof value === 'boolean' || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'))
    ? undefined
    : 'a boolean or a list of strings';
