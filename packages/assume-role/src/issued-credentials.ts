import { type AwsCredentialIdentity, BsmError, principalKey, type SessionPrincipal } from '@bsm/core-cache';
import type { AssumedRoleAnswer } from './sts-transport.js';

/** What is known about the credentials before STS answers. */
export interface IssuedFor {
  /** Begins the message of an error: `Cannot assume role "deploy" in account 12********12`. */
  readonly subject: string;
  /** The SDK's feature id of the source, which it reports in its user agent. */
  readonly feature: Readonly<Record<string, string>>;
  /** Of the role; what the answer says comes first. */
  readonly accountId?: string | undefined;
}

/**
 * Takes the credentials and the principal out of an answer of STS.
 *
 * Complete or refused: keys that STS issues have a token and an expiration, so an answer without one is damaged.
 *
 * @throws BsmError `ERR_BSM_RESPONSE_INVALID`, naming what is missing and showing nothing of the answer.
 */
export function issuedCredentials(answer: AssumedRoleAnswer | undefined, issuedFor: IssuedFor): AwsCredentialIdentity {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer?.Credentials ?? {};
  const isDate = Expiration instanceof Date && !Number.isNaN(Expiration.getTime());
  const parts = { AccessKeyId, SecretAccessKey, SessionToken, Expiration: isDate ? 'a date' : undefined };
  const missing = Object.entries(parts).flatMap(([name, value]) => (isText(value) ? [] : name));
  if (missing.length > 0) {
    const message = `${issuedFor.subject}: the answer of STS lacks ${missing.join(', ')}.`;
    throw new BsmError('ERR_BSM_RESPONSE_INVALID', message, { retryable: true, details: { missing } });
  }
  const principal = principalOf(answer);
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
    accountId: principal?.accountId ?? issuedFor.accountId,
    $source: issuedFor.feature,
    [principalKey()]: principal,
  } as AwsCredentialIdentity;
}

function principalOf(answer: AssumedRoleAnswer | undefined): SessionPrincipal | undefined {
  const { Arn: arn, AssumedRoleId: userId } = answer?.AssumedRoleUser ?? {};
  const accountId = isText(arn) ? /^arn:[^:]*:sts::(\d{12}):/.exec(arn)?.[1] : undefined;
  return accountId !== undefined && isText(arn) && isText(userId) ? { accountId, arn, userId } : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
