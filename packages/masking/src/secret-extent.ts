import type { SecretExtent } from './scan-rule.js';

/** A value without quotes: up to white space, a quote, a tag, or punctuation that is followed by something of its kind. */
export function plainValue(): SecretExtent {
  return { stop: PLAIN_END };
}

/** A word on a line of its own, quotes and all. */
export function wordValue(): SecretExtent {
  return { stop: /\s/g };
}

/** A parameter of a URL or a form. */
export function urlValue(): SecretExtent {
  return { stop: /[\s"'`<>&#]|\\{1,16}["'`]/g };
}

/** A parameter of a URL that is itself percent-encoded. */
export function percentValue(): SecretExtent {
  return { stop: /[\s"'`<>&#]|\\{1,16}["'`]|%(?:25){0,3}26/gi };
}

/** The text of an XML element; it may be broken over lines, which hold a single word each. */
export function xmlValue(): SecretExtent {
  return { stop: /<|&lt;|\r?\n/g, nextLine: TEXT_LINE };
}

/** Up to a line that is a single word. */
export const WORD_LINE: RegExp = /[ \t]{0,64}(?=[^\s<>]{256}|[^\s<>]{1,255}[ \t\r]{0,8}(?:[\n<]|$))/y;

/** A line that is a single word, or the closing tag. */
const TEXT_LINE = /[ \t]{0,64}(?:<|[^\s<>]{256}|[^\s<>]{1,255}[ \t\r]{0,8}(?:[\n<]|$))/y;

/**
 * The value of an `Authorization` header: up to the end of the line or the quote around the header; quotes inside a value
 * occur in the schemes Digest and OAuth only.
 */
export function headerValue(before: string, rest: string): SecretExtent {
  const around = /(["'`])[\w-]*$/.exec(before)?.[1];
  if (/^(?:digest|oauth)\s/i.test(rest)) {
    return { stop: around === "'" ? /['\r\n]/g : /[\r\n]/g };
  }
  return { stop: /[\r\n"'`<\\]/g };
}

/**
 * A value in quotes that were opened as `open`, up to the same quote at the same depth of escaping, or the end of the line.
 *
 * In a string that was escaped `d` times a quote of that string has `2^d - 1` backslashes; a quote inside it has more.
 */
export function quotedValue(open: string): SecretExtent {
  const depth = /^\\*/.exec(open)?.[0].length ?? 0;
  const quote = open.slice(depth);
  if (quote.length > 1) return { stop: new RegExp(`${quote}|[\\r\\n]`, 'gi') };
  const ends = (text: string, index: number): string | undefined => {
    if (text[index] !== quote) return '';
    let backslashes = 0;
    while (backslashes < 63 && text[index - 1 - backslashes] === '\\') backslashes += 1;
    return backslashes % (2 * (depth + 1)) === depth ? '\\'.repeat(depth) : undefined;
  };
  return { stop: new RegExp(`[${quote}\\r\\n]`, 'g'), ends };
}

const PLAIN_END =
  /[\s"'`<]|\\{1,16}["'`]|&(?:lt|gt|quot|apos);|&(?:amp;)?(?=[\w.~%[\]-]{1,64}=)|[,;)}\]]{1,64}(?=[\s"'`\\<]|$)|[,;](?=\\{0,15}["']?[\w.-]{1,64}\\{0,15}["']?[=:])/g;
