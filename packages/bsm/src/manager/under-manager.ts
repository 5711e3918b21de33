import type { RootOptions } from '@bsm/assume-role';
import { assertOption, isObject, type OptionCheck, type Session } from '@bsm/core-cache';

/** The options of a role that is assumed without credentials, less what it has from the manager. */
export type UnderManager<Options> = Options & { readonly [Name in Exclude<keyof RootOptions, 'region'>]?: undefined };

/**
 * Makes the manager the parent of the session of a role.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for another parent.
 */
export function underManager<Options extends { readonly parent?: undefined }, Manager extends Session>(
  parent: Manager,
  subject: string,
  options: Options,
): Options & { readonly parent: Manager } {
  assertOption(subject, 'options', options, isObject);
  assertOption(subject, 'parent', options.parent, isAbsent);
  return { ...options, parent };
}

const isAbsent: OptionCheck = (value) => (value === undefined ? undefined : 'absent: it is the manager');
