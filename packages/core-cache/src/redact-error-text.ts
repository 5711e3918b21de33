import { maskAccessKeyId, maskAccountId } from '@bsm/masking';

/**
 * Hides what an error of AWS or of a credential source may quote: key ids, secrets, tokens, account ids in ARNs, refused values.
 *
 * The full redactor of `@bsm/masking` knows forty notations and is larger than all of a session's refresh engine. Errors need
 * less, and may lose more: any run of 40 characters that could be a secret key goes, be it a hash.
 */
export function redactErrorText(text: string): string {
  return text
    .replace(/(\barn:[\w-]+:[\w-]*:[\w-]*:)(\d{12})\b/g, (_, head: string, id: string) => head + maskAccountId(id))
    .replace(/\bA[A-Z]{3}[A-Z0-9]{12,}/g, maskAccessKeyId)
    .replace(NAMED, '$1***')
    .replace(/(:\/\/[^\s/:@]*:)[^\s/@]+@/g, '$1***@')
    .replace(/(?<![\w/+-])(?:[A-Za-z0-9/+]{40}|[\w/+=-]{80,})(?![\w/+-])/g, '***')
    .replace(/\bValue '[^']*'/g, "Value '***'");
}

// A colon counts only before a quotation mark: prose has "ExpiredToken: The security token ...".
const NAMED: RegExp =
  /((?:secret|token|pass\w{2,8}|signature|external_?id)[\w-]{0,40}["']?\s{0,4}(?:[=>]\s{0,4}["']?|:\s{0,4}["']))[^\s"'<>&,;]+/gi;
