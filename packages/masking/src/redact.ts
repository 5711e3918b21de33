import { maskAccessKeyId } from './mask-access-key-id.js';
import { maskArn } from './mask-arn.js';

/** Hides access keys, secrets, tokens and the account ids of ARNs in a text. */
export function redact(text: string): string {
  return text
    .replace(/\b(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{16,17}\b/g, maskAccessKeyId)
    .replace(/\barn:aws[a-z-]*:[\w-]*:[\w-]*:\d{12}/g, maskArn)
    .replace(
      /((?:secret[-_]?access[-_]?key|(?:session|security)[-_]?token)["'\\]*\s*[:=>]\s*["'\\]*)[^"'\\\s<&,]+/gi,
      '$1***',
    );
}
