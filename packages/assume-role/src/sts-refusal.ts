import { BsmError, fromAwsError, isBsmError } from '@bsm/core-cache';
import { maskAccountId } from '@bsm/masking';

/** What to do when the code, AWS's own code or the message of a refusal looks like this. */
export type RefusalAdvice = readonly [clue: RegExp, advice: string];

/** What the error of a refusal is made from. */
export interface RefusalOptions {
  /** Begins the message: see {@link roleSubject}. */
  readonly subject: string;
  /** Values that AWS may repeat in its messages and that must not be seen. */
  readonly secrets: readonly (string | undefined)[];
  /** The first that fits ends the message. */
  readonly advice: readonly RefusalAdvice[];
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
export function stsRefusal(error: unknown, { subject, secrets, advice }: RefusalOptions): BsmError {
  if (isBsmError(error)) return error;
  const mapped = fromAwsError(withoutSecrets(error, secrets), subject);
  const { code, message, retryable, details, tryNextLink, cause } = mapped;
  const clue = `${code} ${String(details['awsCode'])} ${message}`;
  const action = advice.find(([pattern]) => pattern.test(clue))?.[1];
  if (action === undefined) return mapped;
  const text = `${message.replace(/[.\s]+$/, '')}. ${action}`;
  return new BsmError(code, text, { retryable, details, tryNextLink, cause });
}

/** Below this a value could be a part of any word; AWS shows it in quotes, and what it quotes is hidden anyway. */
const SHORTEST_SECRET = 6;

/** Looks like the error, without the values in its texts: AWS repeats parameters that it finds invalid. */
function withoutSecrets(error: unknown, secrets: RefusalOptions['secrets'], depth: number = 0): unknown {
  if (typeof error !== 'object' || error === null || depth > 5) return error;
  const hide = (text: unknown): unknown =>
    typeof text === 'string'
      ? secrets.reduce<string>(
          (shown, secret = '') => (secret.length < SHORTEST_SECRET ? shown : shown.replaceAll(secret, '***')),
          text,
        )
      : text;
  const { message, stack, cause } = error as Error;
  return Object.create(error, {
    message: { value: hide(message) },
    stack: { value: hide(stack) },
    cause: { value: withoutSecrets(cause, secrets, depth + 1) },
  });
}
