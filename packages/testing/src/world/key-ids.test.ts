import { expect, it, test } from 'vitest';
import { makeAccessKeyId, makeSecretAccessKey, makeSessionToken, makeUniqueId } from './key-ids.js';

/** Reads an account id out of a key id in the way that was published for keys of AWS. */
function decodeAccountId(accessKeyId: string): string {
  let bits = '';
  for (const character of accessKeyId.slice(4)) {
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0');
  }
  const firstSixBytes = BigInt(`0b${bits.slice(0, 48)}`);
  return String((firstSixBytes & 0x7fffffffff80n) >> 7n).padStart(12, '0');
}

it.each(['123456789012', '111122223333', '000000000001', '999999999999'])(
  'the key ids of account %s tell it',
  (account) => {
    for (const prefix of ['AKIA', 'ASIA'] as const) {
      const id = makeAccessKeyId(prefix, account);
      // The fifth character of the keys that hold an account id is one of these.
      expect(id).toMatch(new RegExp(`^${prefix}[Q-Z2-7][A-Z2-7]{15}$`));
      expect(decodeAccountId(id)).toBe(account);
      expect(makeAccessKeyId(prefix, account)).not.toBe(id);
    }
  },
);

test('secrets, tokens and unique ids have the form of those of AWS', () => {
  expect(makeSecretAccessKey()).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(makeSessionToken().length).toBeGreaterThan(200);
  expect(makeUniqueId('AROA')).toMatch(/^AROA[A-Z2-7]{17}$/);
});
