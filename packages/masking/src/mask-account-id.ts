/**
 * Masks an AWS account id: its first and last two characters with eight asterisks between them.
 *
 * The number of asterisks never depends on the input, as in boto_session_manager. Input of four characters or fewer, where
 * nothing would be left to hide, comes back as eight asterisks (the Python original shows it whole). Never throws: what is not
 * a string at run time is masked completely. A masked id still tells apart a handful of accounts; it is no anonymisation.
 *
 * @example
 * ```ts
 * maskAccountId('123456789012'); // '12********12'
 * maskAccountId('1234'); // '********'
 * ```
 */
export function maskAccountId(accountId: string): string {
  return typeof accountId === 'string' && accountId.length > 4
    ? `${accountId.slice(0, 2)}********${accountId.slice(-2)}`
    : '********';
}
