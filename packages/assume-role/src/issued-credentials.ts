import { type AwsCredentialIdentity, BsmError, principalKey } from '@bsm/core-cache';
import type { AssumedRoleAnswer } from './sts-transport.js';

/** What is known about the credentials before STS answers. */
export interface IssuedFor {
  /** Begins the message of an error: `Cannot assume role "deploy" in account 12********12`. */
  readonly subject: string;
  /** The SDK's feature id of the source, which it reports in its user agent. */
  readonly feature: Readonly<Record<string, string>>;
  /** Of the role or the user. */
  readonly accountId: string | undefined;
}

/**
 * Takes the credentials and the principal out of an answer of STS.
 *
 * Complete or refused: keys that STS issues have a token and an expiration, so an answer without one is damaged, where elsewhere it
 * would mean permanent keys. What the fields hold is checked by the session, as for every source.
 *
 * @throws BsmError `ERR_BSM_RESPONSE_INVALID`, showing nothing of the answer.
 */
export function issuedCredentials(
  answer: AssumedRoleAnswer | undefined,
  { subject, feature, accountId }: IssuedFor,
): AwsCredentialIdentity {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  } = answer?.Credentials ?? {};
  if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) {
    const message = `${subject}: STS answered without complete credentials.`;
    throw new BsmError('ERR_BSM_RESPONSE_INVALID', message, { retryable: true });
  }
  const { Arn: arn, AssumedRoleId: userId } = answer?.AssumedRoleUser ?? {};
  const issued = { accessKeyId, secretAccessKey, sessionToken, expiration, accountId };
  return { ...issued, $source: feature, [principalKey()]: { accountId, arn, userId } } as AwsCredentialIdentity;
}
