import { maskAccountId } from './mask-account-id.js';

/**
 * Masks the account id of an ARN and leaves the rest of it readable.
 *
 * An account field that is empty becomes eight asterisks, as in boto_session_manager; one without any digit (`aws` of an
 * AWS-managed policy, `cloudfront`, `*`) names no account and is kept. Where the resource repeats the account id, as the role
 * and bucket names of the CDK do, it is masked there too. Everything else of the resource is shown: names, paths, e-mail
 * addresses in session names, and account ids other than the ARN's own.
 *
 * What is not an ARN (does not start with `arn:`, or has no account field) is masked completely as eight asterisks; the Python
 * original throws or shows it. Never throws.
 *
 * @example
 * ```ts
 * maskArn('arn:aws:iam::123456789012:user/me'); // 'arn:aws:iam::12********12:user/me'
 * maskArn('arn:aws:iam::aws:policy/ReadOnlyAccess'); // unchanged
 * ```
 */
export function maskArn(arn: string): string {
  if (typeof arn !== 'string') return maskAccountId('');
  const fields = arn.split(':');
  const account = fields[4];
  if (fields[0] !== 'arn' || account === undefined) return maskAccountId('');
  if (account !== '' && !/\d/.test(account)) return arn;
  const masked = maskAccountId(account);
  const resource = fields.slice(5).join(':');
  const shown = /^\d{12}$/.test(account) ? resource.replaceAll(account, masked) : resource;
  return [...fields.slice(0, 4), masked, ...(fields.length > 5 ? [shown] : [])].join(':');
}
