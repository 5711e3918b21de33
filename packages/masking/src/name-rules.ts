import { CONTEXT, type ExpectedLine, type Hit, type ScanRule, type SecretExtent, WINDOW } from './scan-rule.js';
import {
  headerValue,
  percentValue,
  plainValue,
  quotedValue,
  urlValue,
  WORD_LINE,
  wordValue,
  xmlValue,
} from './secret-extent.js';
import { SENSITIVE_NAMES, SHORT_SENSITIVE_NAMES } from './sensitive-name.js';

/**
 * The rules for secrets that are known by the name in front of them: `name=value`, `"name": "value"`, `<name>value</name>`,
 * `--name value`, `name value` where the value has the shape of a key, and name and value as two members of an object.
 */
export function nameRules(): readonly ScanRule[] {
  // Twice, because the short names would match inside longer ones that are not secret.
  const long = `(?:${SENSITIVE_NAMES.map(spellings).join('|')}|bearer[-_]?token\\w{0,32})`;
  const short = `(?<![A-Za-z0-9_-])(?:${SHORT_SENSITIVE_NAMES.join('|')})`;
  return [nameRule(long, false), nameRule(short, true), nameLineRule(long)];
}

/** A quote at any depth of escaping: `"`, `\"`, `\\\"`, `%22`, `%2522`, `&quot;`. */
const QUOTE = '(?:\\\\{0,15}["\'`]|%(?:25){0,3}2[27]|&(?:quot|apos|#34|#39);)';

const SEPARATOR = '(?:=>|->|<-|\\?=|::?=|={1,3}|:|%(?:25){0,3}3[ad])';

/** What may stand between a name and its value. Functions, because nothing may run when the module is loaded. */
function tail(): string {
  const close = `(?<close>${QUOTE})?`;
  const open = `(?<open>${QUOTE})?`;
  const attributes = String.raw`(?:[ \t]{1,4}[\w:.-]{1,64}=["'][^<>"'\n]{0,96}["']){0,3}[ \t]{0,4}`;
  const tag = String.raw`(?<tag>${attributes}>|&gt;)(?<fold>[ \t\r]{0,8}\n)?`;
  // A declaration may name the type: `var password string = "…"`, `const password: string = '…'`.
  const type = String.raw`(?:[ \t]{0,4}:?[ \t]{0,4}string(?=[ \t]{0,4}=))?`;
  const separator = String.raw`${type}[ \t]{0,8}(?<separator>${SEPARATOR})[ \t]{0,32}(?<block>[|>][-+]?[ \t\r]{0,8}\n)?`;
  // `", "value": "`, as in the environment of a container definition.
  const member = String.raw`(?<member>[ \t]{0,8},[ \t]{0,8}(?:${QUOTE})?value(?:${QUOTE})?[ \t]{0,8}${SEPARATOR}[ \t]{0,8})`;
  const comma = String.raw`(?<comma>[ \t]{0,8},[ \t]{0,8})(?=${QUOTE})`;
  const space = String.raw`(?<space>[ \t]{1,8})`;
  return `${close}(?:${tag}|(?:${separator}|${member}|${comma}|${space})(?:(?<=\\n)|${open}))`;
}

/** Words that stand, without quotes, where a secret would, and are none. */
const NO_SECRET = /^(?:null|undefined|none|nil|true|false|string|number|boolean)(?=$|[\s,;|)}\]&"'`\\])/i;

function spellings(name: string): string {
  const source = name.replaceAll(' ', '[-_. ]?');
  return name === 'id token' ? `(?<!inval)${source}` : source;
}

function nameRule(name: string, short: boolean): ScanRule {
  return {
    pattern: new RegExp(`(?<name>${name})${tail()}`, 'gi'),
    judge(match): Hit | undefined {
      const keep = match[0].length;
      if (match.groups?.['block'] !== undefined) return { keep, expect: BLOCK_SCALAR };
      if (match.groups?.['fold'] !== undefined) return opensTag(match) ? { keep, expect: FOLDED_TEXT } : undefined;
      const secret = extentOf(match, short);
      return secret === undefined ? undefined : { keep, secret };
    },
  };
}

/** A block scalar of YAML, as far as it is a single word. */
const BLOCK_SCALAR: ExpectedLine = { pattern: WORD_LINE, extent: wordValue };

/** The text of an XML element that begins on a line of its own. */
const FOLDED_TEXT: ExpectedLine = { pattern: WORD_LINE, extent: xmlValue };

function extentOf(match: RegExpExecArray, short: boolean): SecretExtent | undefined {
  const { name, close, tag, separator, member, comma, space, open } = match.groups ?? {};
  const end = match.index + match[0].length;
  const before = match.input.slice(Math.max(0, match.index - CONTEXT / 4), match.index);
  const rest = match.input.slice(end, match.index + WINDOW / 2);
  if (tag !== undefined) return opensTag(match) && /^(?!&lt;)[^\s<]/.test(rest) ? xmlValue() : undefined;
  if (/^[\r\n]/.test(rest) || rest === '' || (open === undefined && NO_SECRET.test(rest))) return undefined;
  if (space !== undefined && !followsFlag(before, rest) && !(!short && looksLikeKey(rest))) return undefined;
  if (comma !== undefined && (close === undefined || /^[A-Za-z_-]{1,64}(?:\\{0,15}["'`]|%|&)/.test(rest)))
    return undefined;
  if (short && separator !== undefined && separator !== '=' && close === undefined && open === undefined)
    return undefined;
  if (short && member !== undefined) return undefined;
  if (open !== undefined) return rest.startsWith(open) ? undefined : quotedValue(open);
  if (/^(?:\\{0,15}["'`<]|[&,;)}\]\s])/.test(rest)) return undefined;
  if (separator !== '=' && /^[[{(]/.test(rest)) return undefined;
  if (/authorization$/i.test(name ?? '')) return headerValue(before, rest);
  if (separator?.startsWith('%')) return percentValue();
  return /[?&][\w.-]*$/.test(before) ? urlValue() : plainValue();
}

/** The name is that of an XML element, with its namespace, and not a word in front of `>`. */
function opensTag(match: RegExpExecArray): boolean {
  const before = match.input.slice(Math.max(0, match.index - CONTEXT / 4), match.index);
  return (match.groups?.['tag']?.endsWith('>') ? /<[\w.:-]*$/ : /&lt;[\w.:-]*$/).test(before);
}

/** `--name value`, `-Name value`, `set NAME value`, `aws configure set name value`. */
function followsFlag(before: string, rest: string): boolean {
  return (
    /(?:(?:^|[\s"'`])--?[\w-]*|\bset(?:x|env)?(?:[ \t]+-\w+)*[ \t]+["']?[\w.-]*)$/.test(before) &&
    !/^--?[A-Za-z]/.test(rest)
  );
}

function looksLikeKey(rest: string): boolean {
  return /^[A-Za-z0-9+/]{40}/.test(rest);
}

/** `- name: AWS_SECRET_ACCESS_KEY` with `value: ...` on the next line, in YAML and in indented JSON. */
function nameLineRule(name: string): ScanRule {
  const valueLine = new RegExp(
    String.raw`[ \t"'{,-]{0,128}value(?:${QUOTE})?[ \t]{0,8}[:=][ \t]{0,32}(?<open>${QUOTE})?(?=[^\s{[])`,
    'iy',
  );
  const expect: ExpectedLine = {
    pattern: valueLine,
    extent(match) {
      const open = match.groups?.['open'];
      const rest = match.input.slice(match.index + match[0].length, match.index + WINDOW / 2);
      if (open === undefined) return NO_SECRET.test(rest) ? undefined : plainValue();
      return rest.startsWith(open) ? undefined : quotedValue(open);
    },
  };
  return {
    pattern: new RegExp(String.raw`${name}(?:${QUOTE})?[ \t]{0,8},?[ \t\r]{0,8}\n`, 'gi'),
    judge(match): Hit | undefined {
      const before = match.input.slice(Math.max(0, match.index - CONTEXT / 4), match.index);
      const named = /(?:name|key)["']?[ \t]*[:=][ \t]*["']?[\w.-]*$/i.test(before);
      return named ? { keep: match[0].length, expect } : undefined;
    },
  };
}
