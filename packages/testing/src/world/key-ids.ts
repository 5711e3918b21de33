import { randomBytes } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Makes an access key id as AWS does: the prefix, then 80 bits in base32 that begin with a one, hold the account id in
 * the next 40 bits, and are random from there on.
 */
export function makeAccessKeyId(prefix: 'AKIA' | 'ASIA', accountId: string): string {
  const random = BigInt(`0x${randomBytes(5).toString('hex')}`) & 0x7fffffffffn;
  return prefix + encode((1n << 79n) | (BigInt(accountId) << 39n) | random, 16);
}

/** Makes a unique id such as `AIDA…` of a user or `AROA…` of a role. */
export function makeUniqueId(prefix: 'AIDA' | 'AROA'): string {
  return prefix + encode(BigInt(`0x${randomBytes(11).toString('hex')}`), 17);
}

/** Makes a secret access key of 40 characters. */
export const makeSecretAccessKey = (): string => randomBytes(30).toString('base64');

/** Makes a session token that tells nothing, as long as those of AWS roughly are. */
export const makeSessionToken = (): string => `FwoGZXIvYXdzE${randomBytes(192).toString('base64')}`;

function encode(value: bigint, length: number): string {
  let text = '';
  for (let rest = value; text.length < length; rest >>= 5n) text = BASE32.charAt(Number(rest & 31n)) + text;
  return text;
}
