import type { AccountIdMode } from './account-rules.js';
import { knownValues } from './known-values.js';
import { optionError } from './option-error.js';
import { redactValue } from './redact-value.js';
import { redactionStream } from './redaction-stream.js';
import type { ScanMemory } from './scan-rule.js';
import { scanRules } from './scan-rules.js';
import { createTextScanner, type ScanPlan, scanText } from './text-scanner.js';

/** Options of {@link createRedactor}. */
export interface RedactorOptions {
  /**
   * Secrets that are known, hidden wherever they stand: as they are, trimmed, and as JSON, URLs, forms and XML spell them.
   * Default: none.
   *
   * Read once, when the redactor is made. A value of fewer than four characters is ignored, since it would blot out unrelated
   * text. An account id (twelve digits) in the list is masked as one wherever no digit touches it; an ARN in the list counts
   * as the account id in it.
   */
  readonly values?: Iterable<string> | undefined;
  /**
   * Which account ids are masked, beside those in `values`. Default `'arn'`.
   *
   * - `'arn'`: the account field of an ARN, and the same id repeated in the resource of that ARN. Every other number stays.
   * - `'known'`: also an id that stood in an ARN before, in the same text, stream or value. The first 1,000 are remembered.
   * - `'all'`: also every number of exactly twelve digits that stands alone: not in a word, a hexadecimal number, a decimal
   *   fraction or a UUID. A time written as `202611210930` is masked, one of 10, 13 or 14 digits is not.
   */
  readonly accountIds?: 'arn' | 'known' | 'all' | undefined;
}

/** Hides secrets in texts, values and streams. Made by {@link createRedactor}; a call keeps no state from one to the next. */
export interface Redactor {
  /** Gives back a text without its secrets. Takes time in proportion to its length, whatever it contains. */
  (text: string): string;
  /**
   * Gives back a deep copy of a value without its secrets, for a log or an error report; the input is never changed.
   *
   * What stands under the name of a secret (`secretAccessKey`, `AWS_SESSION_TOKEN`, `token-code`, …, in any spelling) is hidden
   * whatever it is, unless it is `undefined`, `null`, a boolean, a function or empty; an access key id is masked. All other
   * strings, including names of properties, are treated as texts. In `{ name, value }` members and in lists of names and values
   * in turn, such as raw headers, the value is hidden too.
   *
   * The copy has the type of the input, for convenience; it is made for reading, not for use:
   * - arrays, maps, sets and dates stay what they are; cycles and shared objects keep their shape;
   * - an error keeps its class, name, message, stack, cause, `errors` and enumerable members; hidden ones are left out;
   * - an instance of another class keeps its enumerable members and the name of its class, and loses its methods;
   * - headers and search parameters become plain objects; URLs, regular expressions and boxed strings become strings;
   * - buffers, typed arrays and blobs become `'***'`, and so does what lies more than 64 objects deep or throws when read;
   * - functions and symbols are the same ones.
   */
  value<T>(value: T): T;
  /**
   * Makes a stream that hides secrets in text which comes in pieces; the result is that of the whole text, however it is cut.
   *
   * Text is passed on at the end of each line, and within a line 1,024 characters late. Of an endless line or secret no more
   * than a few thousand characters are kept, plus the longest of `values`. The rest comes when the stream ends. Bytes are
   * refused with a `TypeError`: put a `TextDecoderStream` in front. Needs the global `TransformStream` of Node, Deno, Bun and browsers.
   */
  stream(): TransformStream<string, string>;
}

/**
 * Makes a function that hides secrets in text, values and streams.
 *
 * Hidden by their shape: access key ids and unique ids of IAM (masked as by `maskAccessKeyId`, since they contain the account
 * id), session tokens, JSON web tokens, PEM private keys, passwords in URLs, signatures, a secret key next to its key id. Hidden
 * by the name in front of them, as environment, ini, JSON at any depth of escaping, XML, YAML, URL, header, shell and command
 * line: secret keys, tokens, MFA codes, external ids, passwords and the like. A secret key without any context is forty
 * arbitrary characters and cannot be told from a hash: give it in `values`.
 *
 * Redaction is the last net, not a licence to log secrets: a secret in base64, split by other text or under an unknown
 * name is not found.
 *
 * @throws an error with code `ERR_BSM_OPTION_INVALID` for an unknown option or a value of the wrong type; it names the option
 * and never the value.
 *
 * @example
 * ```ts
 * const redactor = createRedactor({ values: [databasePassword], accountIds: 'known' });
 * logger.info(redactor(message));
 * logger.error(redactor.value(error));
 * child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(redactor.stream());
 * ```
 */
export function createRedactor(options: RedactorOptions = {}): Redactor {
  const { values, accountIds } = checkOptions(options);
  const accounts = values.flatMap((value) => accountOf(value) ?? []);
  const memory = (): ScanMemory => ({ arnAccount: undefined, accounts: new Set(accounts) });
  let made: ScanPlan | undefined;
  const plan = (): ScanPlan => {
    made ??= { rules: scanRules(accountIds), trackValues: knownValues(values.filter((value) => !accountOf(value))) };
    return made;
  };
  const redactor = (text: string): string => scanText(plan(), memory(), String(text));
  return Object.assign(redactor, {
    value<T>(value: T): T {
      const shared = memory();
      return redactValue(value, (text) => scanText(plan(), shared, text)) as T;
    },
    stream: () => redactionStream(createTextScanner(plan(), memory())),
  });
}

/** The account id that a known value is or names. */
function accountOf(value: string): string | undefined {
  return /^(?:arn:[^:]*:[^:]*:[^:]*:(?=\d{12}:))?(\d{12})(?:$|:)/.exec(value)?.[1];
}

function checkOptions(options: RedactorOptions): { values: readonly string[]; accountIds: AccountIdMode } {
  if (typeof options !== 'object' || options === null) throw optionError('options', 'expected an object');
  for (const name of Object.keys(options)) {
    if (name !== 'values' && name !== 'accountIds') throw optionError(name, 'not an option of createRedactor');
  }
  const { values = [], accountIds = 'arn' } = options;
  if (typeof values !== 'object' || values === null || typeof values[Symbol.iterator] !== 'function') {
    throw optionError('values', 'expected a list of strings');
  }
  const list = [...values];
  if (!list.every((value) => typeof value === 'string')) throw optionError('values', 'expected strings only');
  if (!['arn', 'known', 'all'].includes(accountIds))
    throw optionError('accountIds', "expected 'arn', 'known' or 'all'");
  return { values: list, accountIds };
}
