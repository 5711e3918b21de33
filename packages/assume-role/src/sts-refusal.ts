import { BsmError, fromAwsError, isBsmError } from '@bsm/core-cache';
import { maskAccountId } from '@bsm/masking';

/** What to do when the code or the message of a refusal looks like this. */
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
  const refusal = fromAwsError(error, subject);
  const hide = (text: string = ''): string =>
    secrets.reduce<string>((shown, secret) => (secret ? shown.replaceAll(secret, '***') : shown), text);
  // AWS repeats parameters that it finds invalid. All of the chain was copied, so that nobody else sees the change.
  for (let shown: Error | undefined = refusal; shown; shown = shown.cause as Error | undefined) {
    shown.message = hide(shown.message);
    shown.stack = hide(shown.stack);
  }
  const clue = `${refusal.code} ${refusal.message}`;
  const action = advice.find(([pattern]) => pattern.test(clue))?.[1];
  return action ? new BsmError(refusal.code, refusal.message.replace(/\.?$/, `. ${action}`), refusal) : refusal;
}
