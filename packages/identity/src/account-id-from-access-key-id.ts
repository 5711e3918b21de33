const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Prefix, a first digit whose highest bit is set (older key ids lack it), and the rest of sixteen characters or more. */
const ENCODES_ACCOUNT = /^A[KS]IA[Q-Z2-7][A-Z2-7]{11,123}$/;

/**
 * Reads the account id out of an access key id, offline.
 *
 * AWS packs the account id into the ten characters after the prefix `AKIA` or `ASIA`, in base32: one bit that says so, then
 * forty bits of account id. AWS does not document this, so use it for messages and plausibility, not as proof;
 * {@link getAccountId} asks. `undefined` for key ids older than this encoding, which hold no account id, and for everything
 * that is no access key id. Never throws.
 *
 * For the same reason a key id is as telling as an account id: mask it with `maskAccessKeyId` of `@bsm/masking`.
 *
 * @example
 * ```ts
 * accountIdFromAccessKeyId('AKIAIOSFODNN7EXAMPLE'); // undefined: an old one
 * accountIdFromAccessKeyId(accessKeyId); // '123456789012'
 * ```
 */
export function accountIdFromAccessKeyId(accessKeyId: string): string | undefined {
  if (typeof accessKeyId !== 'string' || !ENCODES_ACCOUNT.test(accessKeyId)) return undefined;
  let bits = 0;
  for (const character of accessKeyId.slice(4, 14)) bits = bits * 32 + BASE32.indexOf(character);
  // Of these fifty bits the first is the mark and the last nine belong to the key. Plain arithmetic: `>>` ends at 32 bits.
  const account = Math.floor((bits % 2 ** 49) / 2 ** 9);
  return account < 1e12 ? String(account).padStart(12, '0') : undefined;
}
