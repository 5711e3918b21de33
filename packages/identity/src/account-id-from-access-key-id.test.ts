import { describe, expect, it } from 'vitest';
import { accountIdFromAccessKeyId } from './account-id-from-access-key-id.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

describe('accountIdFromAccessKeyId', () => {
  it.each(['AKIA', 'ASIA'])('reads the account id of a key id that begins with %s', (prefix) => {
    for (const accountId of ['000000000000', '000000000001', '012345678901', '123456789012', '999999999999']) {
      for (const tail of [0n, (1n << 39n) - 1n]) {
        expect(accountIdFromAccessKeyId(keyId(prefix, accountId, tail))).toBe(accountId);
      }
    }
  });

  it('reads key ids that are longer than today', () => {
    expect(accountIdFromAccessKeyId(`${keyId('ASIA', '123456789012')}ABCD`)).toBe('123456789012');
  });

  it.each([
    ['an old one', 'AKIAIOSFODNN7EXAMPLE'],
    ['another old one', 'AKIAI44QH8DHBEXAMPLE'],
    ['nothing', ''],
    ['the prefix alone', 'AKIA'],
    ['too short a one', keyId('AKIA', '123456789012').slice(0, 15)],
    ['too long a one', keyId('AKIA', '123456789012').padEnd(129, 'A')],
    ['lower case', keyId('AKIA', '123456789012').toLowerCase()],
    ['a character that is not base32', keyId('AKIA', '123456789012').replace(/.$/, '1')],
    ['a user id', keyId('AIDA', '123456789012')],
    ['white space around it', ` ${keyId('AKIA', '123456789012')}`],
    ['more than twelve digits', keyId('AKIA', '1000000000000')],
    ['no string', undefined as unknown as string],
  ])('knows none for %s', (_, accessKeyId) => {
    expect(accountIdFromAccessKeyId(accessKeyId)).toBeUndefined();
  });
});

/** One bit that marks the encoding, forty bits of account id, thirty-nine of the key. */
function keyId(prefix: string, accountId: string, tail: bigint = 0x1234567890n): string {
  const bits = ((1n << 40n) | BigInt(accountId)) * (1n << 39n) + tail;
  const digits = Array.from({ length: 16 }, (_, place) => BASE32[Number((bits >> BigInt(75 - place * 5)) & 31n)]);
  return prefix + digits.join('');
}
