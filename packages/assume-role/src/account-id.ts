import { optionInvalid } from '@bsm/core-cache';

/**
 * Writes an account id with its 12 digits. As a number it has lost its leading zeros, and people copy it without them.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for anything but up to 12 decimal digits.
 */
export function accountIdText(subject: string, accountId: unknown): string {
  const text = String(accountId);
  if (!/^\d{1,12}$/.test(text) || !['string', 'number'].includes(typeof accountId)) {
    throw optionInvalid(subject, 'accountId', 'up to 12 digits');
  }
  return text.padStart(12, '0');
}
