import { maskAccessKeyId } from './mask-access-key-id.js';
import { type Hit, MASK, type ScanRule } from './scan-rule.js';

/**
 * The rules for secrets that are known by their own shape, wherever they stand.
 *
 * The prefixes are those of the IAM documentation on unique ids. All of them contain the account id, which is why users' and
 * roles' ids are masked like key ids.
 */
export function tokenRules(): readonly ScanRule[] {
  return [ids(), pairedSecret(), sessionToken(), webToken(), privateKey(), urlPassword(), signature()];
}

/** Not inside a longer word; escapes such as `\n` and `%3D` end a word although they end in a letter or digit. */
function wordStart(word = 'A-Za-z0-9'): string {
  return String.raw`(?:(?<![${word}])|(?<=\\[nrt])|(?<=%(?:25){0,3}[0-7][0-9A-Fa-f]))`;
}

const ID = '(?:AKIA|ASIA|ABIA|ACCA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA|A3T[A-Z0-9])[A-Z0-9]{16,28}';

function ids(): ScanRule {
  return {
    pattern: new RegExp(`${wordStart()}${ID}(?![A-Za-z0-9])`, 'g'),
    judge: (match) => ({ keep: 0, mask: maskAccessKeyId(match[0]) }),
  };
}

/** A secret access key right behind its key id: CSV files, `--output text` (with a date between), `id:secret` pairs. */
function pairedSecret(): ScanRule {
  const gap = String.raw`["'\s,:;|]{1,8}`;
  const date = String.raw`\d{4}-\d\d-\d\dT[\d:.Z+-]{1,20}`;
  const before = `(?:AKIA|ASIA)[A-Z0-9]{12,28}${gap}(?:${date}${gap})?`;
  return {
    // What is quick to check stands first.
    pattern: new RegExp(
      `(?<=["'\\s,:;|])(?=[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=]))(?<=${before})(?![0-9a-f]{40}).{40}`,
      'g',
    ),
    judge: () => ({ keep: 0, mask: MASK }),
  };
}

/** Session tokens of STS: base64 of a header that every token shares. */
function sessionToken(): ScanRule {
  const stop = /(?!%(?:25){0,3}(?:2[BF]|3D)|\\\/)[^\w+/=*-]/gi;
  return {
    pattern: new RegExp(`${wordStart()}(?:FwoGZXIvYXdz|FQoGZXIvYXdz|FQoDYXdz|AQoDYXdz|IQoJb3JpZ2lu)`, 'g'),
    judge: () => ({ keep: 0, mask: '', secret: { stop } }),
  };
}

/** JSON web tokens, such as those given to AssumeRoleWithWebIdentity. */
function webToken(): ScanRule {
  return {
    pattern: new RegExp(String.raw`${wordStart(String.raw`\w-`)}eyJ[\w-]{8,512}\.eyJ`, 'g'),
    judge: () => ({ keep: 0, mask: '', secret: { stop: /[^\w.*-]/g } }),
  };
}

/** Private keys in PEM, also with escaped line feeds; the first and last line stay. */
function privateKey(): ScanRule {
  const stop = /-----END|[^\w+/=\s\\:,.*-]/g;
  return {
    pattern: /-----BEGIN (?:[A-Z0-9]{1,16} ){0,4}PRIVATE KEY-----/g,
    judge: (match) => ({ keep: match[0].length, secret: { stop } }),
  };
}

/** The password in `scheme://user:password@host`. */
function urlPassword(): ScanRule {
  return {
    pattern: /:(?<=:\/\/[^\s/:@"'<>?#\\]{0,512}:)[^\s/@"'<>?#]{1,512}(?=@)/g,
    judge: () => ({ keep: 1, mask: MASK }),
  };
}

/** Signatures of presigned URLs and `Authorization` headers of every version. */
function signature(): ScanRule {
  const stop = /%(?:25){0,3}26|[^\w+/%=*-]/g;
  return {
    pattern: /signature(?:=|%(?:25){0,3}3D)(?=[\w+/%=-]{20})/gi,
    judge: (match): Hit => ({ keep: match[0].length, secret: { stop } }),
  };
}
