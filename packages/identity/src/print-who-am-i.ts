import {
  checkOptions,
  isAbortSignal,
  isBoolean,
  isDuration,
  isOneOf,
  type OptionCheck,
  type SessionLike,
} from '@bsm/core-cache';
import { isAliasChoice } from './asks-for-alias.js';
import { type FormatWhoAmIOptions, formatWhoAmI } from './format-who-am-i.js';
import { type WhoAmIOptions, whoAmI } from './who-am-i.js';
import { type TextStream, writeText } from './write-text.js';

/** Options of {@link printWhoAmI}. */
export interface PrintWhoAmIOptions extends WhoAmIOptions, FormatWhoAmIOptions {
  /** Default `process.stdout`. */
  readonly stream?: TextStream | undefined;
}

/**
 * Prints who the session is, masked unless `masked` is false, and ends with a newline.
 *
 * All or nothing: the text is written at once, after everything is known. Resolves when the stream has taken the text;
 * a failure of the stream is thrown as it is. The same lines as `print_who_am_i` of boto_session_manager, which stops in the
 * middle when the account has no alias.
 *
 * @throws BsmError as {@link whoAmI}
 *
 * @example
 * ```ts
 * await printWhoAmI(session, { format: 'columns' });
 * ```
 */
export async function printWhoAmI(source: SessionLike, options?: PrintWhoAmIOptions): Promise<void> {
  checkOptions<PrintWhoAmIOptions>('printWhoAmI', options, {
    masked: isBoolean,
    format: isOneOf('lines', 'columns'),
    stream: isTextStream,
    accountAlias: isAliasChoice,
    accountAliasTimeoutMs: isDuration(1),
    signal: isAbortSignal,
  });
  const { masked, format, stream, ...rest } = options ?? {};
  const text = formatWhoAmI(await whoAmI(source, rest), { masked, format });
  await writeText(stream ?? process.stdout, `${text}\n`);
}

const isTextStream: OptionCheck = (value) =>
  typeof (value as Partial<TextStream> | null)?.write === 'function' ? undefined : 'a stream with a write method';
