import { type AwsCredentialIdentity, isBsmError, type Session, sessionTime } from '@bsm/core-cache';

/** What a child that has the right token gets. */
export interface CredentialsAnswer {
  readonly status: 200 | 503;
  readonly body: string;
}

// boto3 and the AWS CLI ask at every call while less than this is left.
export const ENOUGH_MS: number = 15 * 60_000;
// The SDK for JavaScript warns after one second, boto3 leaves after two.
const LONGEST_WAIT_MS = 900;
// For credentials that state no end, so that children come back and see what changed meanwhile.
const MADE_UP_LIFETIME_MS = 3_600_000;

/**
 * Answers with valid credentials, or with 503 when there are none, within 900 ms.
 *
 * Credentials with less than 15 minutes left are renewed first, unless the source gives none that last longer, fails, or takes too
 * long: then those in hand are the answer for as long as they are valid.
 */
export async function credentialsAnswer(session: Session): Promise<CredentialsAnswer> {
  const deadline = startDeadline();
  let reason: unknown;
  const asked = session.credentials({ minRemainingMs: ENOUGH_MS }).catch((error: unknown) => {
    reason = error;
    // A client tries a few times, a second apart: it bridges more when it waits for each answer, and somebody may have more luck.
    return session.credentials.current === undefined && isRetryable(error) ? deadline.passed : undefined;
  });
  const credentials = (await Promise.race([asked, deadline.passed])) ?? session.credentials.current;
  deadline.stop();
  const body = credentials && answerBody(session, credentials);
  return body === undefined ? { status: 503, body: excuse(reason) } : { status: 200, body };
}

/** The protocol's JSON; undefined for credentials that have ended. */
function answerBody(session: Session, credentials: AwsCredentialIdentity): string | undefined {
  const { accessKeyId, secretAccessKey, sessionToken = '', expiration } = credentials;
  const isInHand = session.credentials.current === credentials;
  // The seconds left, rounded down as they are in the answer.
  if (expiration && wholeSeconds(expiration) <= sessionTime(session).now()) return undefined;
  // By the time that has passed too, which a clock that was set back does not show.
  if (expiration && isInHand && session.isExpired()) return undefined;
  const accountId = credentials.accountId ?? (isInHand ? session.principal?.accountId : undefined);
  return JSON.stringify({
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: sessionToken,
    // A child goes by the clock of the machine.
    Expiration: formatSeconds(expiration ?? new Date(Date.now() + MADE_UP_LIFETIME_MS)),
    ...(accountId !== undefined && { AccountId: accountId }),
  });
}

const wholeSeconds = (date: Date): number => Math.floor(date.getTime() / 1_000) * 1_000;

function formatSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** What children show of it: the message of a BsmError has no secret, others may. */
function excuse(reason: unknown): string {
  const known = isBsmError(reason)
    ? { Code: reason.code, Message: reason.message }
    : { Code: 'CredentialsNotReady', Message: 'The session has no valid credentials yet. Try again.' };
  return JSON.stringify(known);
}

const isRetryable = (error: unknown): boolean => isBsmError(error) && error.retryable;

function startDeadline(): { readonly passed: Promise<undefined>; readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, LONGEST_WAIT_MS, undefined).unref();
  });
  return { passed, stop: () => clearTimeout(timer) };
}
