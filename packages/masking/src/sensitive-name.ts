/**
 * The names whose values are secret, in words: `secret access key` stands for `SecretAccessKey`, `aws_secret_access_key`,
 * `AWS-SECRET-ACCESS-KEY` and `secret access key`, with anything in front.
 */
export const SENSITIVE_NAMES: readonly string[] = [
  'secret access key',
  'secret key',
  'aws secret',
  'session token',
  'security token',
  'session key',
  'token code',
  'mfa code',
  'mfa token',
  'external id',
  'web identity token',
  'saml assertion',
  'saml response',
  'signin token',
  'metadata token',
  'authorization token',
  'authorization',
  'amz signature',
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pin value',
  'client secret',
  'secret string',
  'secret binary',
  'customer key',
  'private key',
  'access token',
  'refresh token',
  'id token',
  'device code',
  'code verifier',
  'api key',
];

/** Names that are secret only when nothing stands in front of them: `token`, but not `nextToken`. */
export const SHORT_SENSITIVE_NAMES: readonly string[] = ['token', 'secret', 'pin', 'tokens', 'secrets'];

/**
 * Tells whether a property, header, variable or parameter of this name holds a secret.
 *
 * Case and separators do not matter; words in front do not matter either (`x-amz-security-token`), words behind do
 * (`sessionTokenExpiry`, `AWS_WEB_IDENTITY_TOKEN_FILE` hold none).
 */
export function isSensitiveName(name: string): boolean {
  if (name.length > 256) return false;
  const letters = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return (
    SHORT_SENSITIVE_NAMES.includes(letters) ||
    letters.includes('bearertoken') ||
    (!letters.endsWith('invalidtoken') && SENSITIVE_NAMES.some((known) => letters.endsWith(known.replaceAll(' ', ''))))
  );
}
