/**
 * Masks an access key id: its four-letter prefix, three asterisks and its last four characters.
 *
 * More is never shown, because an access key id contains the account id: the twelve characters at its start give all but the
 * last bit of it. Shorter than the sixteen characters that AWS allows at least is not an access key id and comes back as three
 * asterisks. Never throws: what is not a string at run time is masked completely.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids for the prefixes
 *
 * @example
 * ```ts
 * maskAccessKeyId('AKIAIOSFODNN7EXAMPLE'); // 'AKIA***MPLE'
 * ```
 */
export function maskAccessKeyId(accessKeyId: string): string {
  return typeof accessKeyId === 'string' && accessKeyId.length >= 16
    ? `${accessKeyId.slice(0, 4)}***${accessKeyId.slice(-4)}`
    : '***';
}
