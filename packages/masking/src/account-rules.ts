import { maskAccountId } from './mask-account-id.js';
import type { Hit, ScanMemory, ScanRule } from './scan-rule.js';

/** Which account ids are hidden outside the values that the redactor was given. */
export type AccountIdMode = 'arn' | 'known' | 'all';

/** A gap in an ARN: behind one of these characters the text is not inside the ARN any more. */
export const ARN_END: RegExp = /[\s"'`<>,;|\\&)\]}]/;

/** Seen accounts are remembered up to this number per text, so that an endless stream needs bounded memory. */
const MAX_SEEN_ACCOUNTS = 1_000;

/** The rules for account ids. */
export function accountRules(mode: AccountIdMode): readonly ScanRule[] {
  return [arnAccount(mode), bareAccount(mode)];
}

/** The account field of an ARN; the colons may be percent-encoded. */
function arnAccount(mode: AccountIdMode): ScanRule {
  return {
    pattern: /arn(:|%(?:25){0,3}3[Aa])aws[a-z-]{0,20}\1[\w.*-]{0,40}\1[\w*-]{0,40}\1\d{12}(?!\d)/g,
    judge(match, memory) {
      const account = match[0].slice(-12);
      memory.arnAccount = account;
      if (mode !== 'arn' && memory.accounts.size < MAX_SEEN_ACCOUNTS) memory.accounts.add(account);
      return { keep: match[0].length - 12, mask: maskAccountId(account) };
    },
  };
}

/** Twelve digits that are an account id by the mode, by the values given, or because the ARN around them names it too. */
function bareAccount(mode: AccountIdMode): ScanRule {
  return {
    pattern: /(?<!\d)\d{12}(?!\d)/g,
    judge(match, memory): Hit | undefined {
      const account = match[0];
      const hidden = isKnown(account, memory) || (mode === 'all' && standsAlone(match));
      return hidden ? { keep: 0, mask: maskAccountId(account) } : undefined;
    },
  };
}

function isKnown(account: string, memory: ScanMemory): boolean {
  return memory.arnAccount === account || memory.accounts.has(account);
}

/** Not part of a word, of a hexadecimal number, of a decimal fraction, or of a UUID. */
function standsAlone(match: RegExpExecArray): boolean {
  const before = match.input.slice(Math.max(0, match.index - 24), match.index);
  const after = match.input.slice(match.index + 12, match.index + 14);
  const startsWord = !/[A-Za-z]$|\d\.$/.test(before) || /(?:%(?:25)*[0-7][0-9A-Fa-f]|\\[nrt])$/.test(before);
  return startsWord && !/^(?:[A-Za-z]|\.\d)/.test(after) && !/[\da-f]{8}-(?:[\da-f]{4}-){3}$/i.test(before);
}
