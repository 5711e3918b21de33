import { BsmError, fromAwsError, isBsmError } from '@bsm/core-cache';
import { maskAccountId } from '@bsm/masking';

/** What an error about a role is made from. */
export interface RoleAttempt {
  /** Begins the message: see {@link roleSubject}. */
  readonly subject: string;
  /** Values that AWS may repeat in its messages and that must not be seen. */
  readonly secrets: readonly string[];
  /** Whether these options were used: what was not is the likely reason of a refusal. */
  readonly used: { readonly externalId: boolean; readonly mfa: boolean };
}

/** Says what failed: `Cannot assume role "deploy" in account 12********12`. */
export function roleSubject(roleArn: string): string {
  const name = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `Cannot assume role "${name}" in account ${maskAccountId(roleArn.split(':')[4] ?? '')}`;
}

/**
 * Turns what a transport threw into the error that a user sees: what failed, what STS says, and what to do about it.
 *
 * A {@link BsmError} passes as it is: it comes from the source session and names that one's own trouble.
 */
export function roleRefusal(error: unknown, attempt: RoleAttempt): BsmError {
  if (isBsmError(error)) return error;
  const mapped = fromAwsError(withoutSecrets(error, attempt.secrets), attempt.subject);
  const advice = adviceFor(mapped, attempt);
  if (advice === undefined) return mapped;
  const message = `${mapped.message.replace(/[.\s]+$/, '')}. ${advice}`;
  const { retryable, details, tryNextLink, cause } = mapped;
  return new BsmError(mapped.code, message, { retryable, details, tryNextLink, cause });
}

function adviceFor({ code, message, details }: BsmError, { used }: RoleAttempt): string | undefined {
  if (/MaxSessionDuration/.test(message)) return 'Pass a smaller durationSeconds, or raise the maximum of the role.';
  if (/role chaining/i.test(message))
    return 'A role assumed by a role lasts one hour at most: pass durationSeconds up to 3600.';
  if (code === 'ERR_BSM_CREDENTIALS_REJECTED')
    return 'The credentials of the source were rejected, not the role: renew them, and check the clock of this machine.';
  if (code !== 'ERR_BSM_ACCESS_DENIED') return undefined;
  if (/^RegionDisabled/.test(String(details['awsCode'])))
    return 'Activate STS in that region for the account, or ask in another region.';
  if (/sts:(TagSession|SetSourceIdentity)/.test(message))
    return 'The trust policy must allow that action for tags or a source identity to be passed.';
  if (/MultiFactorAuth|\bMFA\b/i.test(message)) {
    return used.mfa
      ? 'Check mfa.serialNumber and the code; each code works once.'
      : 'The role requires an MFA code. Pass options.mfa.';
  }
  const reasons = [
    'the trust policy of the role does not name the caller',
    used.externalId ? 'expects another external id' : 'expects an external id (options.externalId)',
    ...(used.mfa ? [] : ['expects an MFA code (options.mfa)']),
    'or the caller lacks the permission sts:AssumeRole',
  ];
  return `Likely ${reasons.join(', ')}.`;
}

/** Looks like the error, without the values in its texts: AWS repeats parameters that it finds invalid. */
function withoutSecrets(error: unknown, secrets: readonly string[], depth: number = 0): unknown {
  if (typeof error !== 'object' || error === null || depth > 5) return error;
  const hide = (text: unknown): unknown =>
    typeof text === 'string' ? secrets.reduce((shown, secret) => hideValue(shown, secret), text) : text;
  const { message, stack, cause } = error as Error;
  return Object.create(error, {
    message: { value: hide(message) },
    stack: { value: hide(stack) },
    cause: { value: withoutSecrets(cause, secrets, depth + 1) },
  });
}

/** A code is hidden where it stands alone, since an account id may contain the same digits; a short value only in quotes. */
function hideValue(text: string, value: string): string {
  if (/^\d{6}$/.test(value)) return text.replace(new RegExp(`(?<!\\d)${value}(?!\\d)`, 'g'), '***');
  return value.length < 6 ? text.replaceAll(`'${value}'`, "'***'") : text.replaceAll(value, '***');
}
