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
  const credentials = answer?.Credentials ?? {};
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials;
  const lacking = Object.entries({ AccessKeyId, SecretAccessKey, SessionToken }).filter(([, value]) => !isText(value));
  const expires = Expiration instanceof Date && !Number.isNaN(Expiration.getTime());
  if (lacking.length > 0 || !expires) {
    throw incomplete(issuedFor.subject, [...lacking.map(([name]) => name), ...(expires ? [] : ['Expiration'])]);
  }
  const principal = principalOf(answer);
  const accountId = principal?.accountId ?? issuedFor.accountId;
  return {
    accessKeyId: AccessKeyId as string,
    secretAccessKey: SecretAccessKey as string,
    sessionToken: SessionToken as string,
    expiration: Expiration,
    ...(accountId !== undefined && { accountId }),
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

function incomplete(subject: string, missing: readonly string[]): BsmError {
  return new BsmError('ERR_BSM_RESPONSE_INVALID', `${subject}: the answer of STS lacks ${missing.join(', ')}.`, {
    retryable: true,
    details: { missing },
  });
}
