import { type AccountIdMode, accountRules } from './account-rules.js';
import { nameRules } from './name-rules.js';
import type { ScanRule } from './scan-rule.js';
import { tokenRules } from './token-rules.js';

/** Everything that a text is searched for. Where two rules match at the same place, the first counts. */
export function scanRules(accountIds: AccountIdMode): readonly ScanRule[] {
  return [...tokenRules(), ...nameRules(), ...accountRules(accountIds)];
}
