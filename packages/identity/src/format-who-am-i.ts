import { checkOptions, isBoolean, isOneOf } from '@bsm/core-cache';
import { maskAccountId, maskArn, maskUserId } from '@bsm/masking';
import type { WhoAmI } from './who-am-i.js';

/** Options of {@link formatWhoAmI}. */
export interface FormatWhoAmIOptions {
  /** Whether account id, user id and ARN are masked. Default true. */
  readonly masked?: boolean | undefined;
  /** `'lines'` (the default): five lines of `label = value`. `'columns'`: labels padded to one width, with type and names. */
  readonly format?: 'lines' | 'columns' | undefined;
}

/**
 * Writes an identity as text, without a newline at the end.
 *
 * `'lines'` are the five lines of `print_who_am_i` of boto_session_manager, `'columns'` those of aws-whoami; what is absent reads
 * `None` in both. Alias and region are never masked. Masking hides the account id wherever it appears, also within a session
 * name or in the user id of root and federated users (where boto_session_manager shows up to eight digits of it). The other
 * names stay readable.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`
 *
 * @example
 * ```ts
 * formatWhoAmI(await whoAmI(session));
 * // User Id = AIDA***MPLE
 * // AWS Account Id = 12********12
 * // Principal Arn = arn:aws:iam::12********12:user/me
 * // AWS Account Alias = my-alias
 * // AWS Region = us-east-1
 * ```
 */
export function formatWhoAmI(info: WhoAmI, options?: FormatWhoAmIOptions): string {
  checkOptions<FormatWhoAmIOptions>('formatWhoAmI', options, {
    masked: isBoolean,
    format: isOneOf('lines', 'columns'),
  });
  const shown = options?.masked === false ? info : maskWhoAmI(info);
  return options?.format === 'columns' ? columns(shown) : lines(shown);
}

function lines(info: WhoAmI): string {
  return [
    `User Id = ${info.userId}`,
    `AWS Account Id = ${info.accountId}`,
    `Principal Arn = ${info.arn}`,
    `AWS Account Alias = ${info.accountAliases[0] ?? 'None'}`,
    `AWS Region = ${info.region ?? 'None'}`,
  ].join('\n');
}

function columns(info: WhoAmI): string {
  const who =
    info.ssoPermissionSet === undefined ? [pascalCase(info.type), info.name] : ['AWS SSO', info.ssoPermissionSet];
  const rows = [
    ['Account: ', info.accountId],
    ...info.accountAliases.map((alias) => ['', alias]),
    ['Region: ', info.region ?? 'None'],
    [`${who[0]}: `, who[1]],
    ...(info.roleSessionName === undefined ? [] : [['RoleSessionName: ', info.roleSessionName]]),
    ['UserId: ', info.userId],
    ['Arn: ', info.arn],
  ] as const;
  const width = Math.max(...rows.map(([label = '']) => label.length));
  return rows.map(([label = '', value = '']) => label.padEnd(width) + value).join('\n');
}

function pascalCase(type: string): string {
  return type.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase());
}

function maskWhoAmI(info: WhoAmI): WhoAmI {
  const accountId = maskAccountId(info.accountId);
  const hide = (text: string): string => (info.accountId === '' ? text : text.replaceAll(info.accountId, accountId));
  return {
    ...info,
    accountId,
    arn: maskArn(info.arn),
    name: hide(info.name),
    ...(info.roleSessionName !== undefined && { roleSessionName: hide(info.roleSessionName) }),
    userId: maskUserId(hide(info.userId)),
    ...(info.ssoPermissionSet !== undefined && { ssoPermissionSet: hide(info.ssoPermissionSet) }),
  };
}
