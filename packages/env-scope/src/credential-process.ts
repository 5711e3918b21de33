import {
  BsmError,
  checkOptions,
  definedFields,
  fromSessionLike,
  isAbortSignal,
  isDuration,
  type SessionLike,
  sessionTime,
} from '@bsm/core-cache';
import { expirationText } from './expiration-text.js';

/** Options of {@link credentialProcess}. */
export interface CredentialProcessOptions {
  /**
   * How long the credentials should last at least, in milliseconds: the session renews its own first when they have less left. A
   * source that gives shorter ones is not asked again for it. Default 900,000, since boto3 and the AWS CLI run the command at every
   * call below 15 minutes.
   */
  readonly minRemainingMs?: number | undefined;
  /** Ends the wait for credentials with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const ENOUGH_MS = 900_000;

/**
 * Returns what a program must print to serve as `credential_process` of a profile: one line of JSON, version 1.
 *
 * All of it comes from one set of credentials. `Expiration` (whole seconds, `Z`) and `AccountId` are there where they are known;
 * without an expiration the tools keep the credentials for as long as they run. Print nothing else to the standard output: what is
 * for people goes to the standard error. The SDK for JavaScript runs the command once for each client, boto3 and the CLI twice at
 * times: a command that assumes a role should keep what it got.
 *
 * @throws BsmError `ERR_BSM_CREDENTIALS_EXPIRED` when the session has but credentials that ended (`serveExpired`);
 * `ERR_BSM_OPTION_INVALID`, `ERR_BSM_SESSION_CLOSED`, and what resolving the credentials throws; the reason of `signal` after an abort.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 *
 * @example
 * ```ts
 * // ~/.aws/config: credential_process = node /opt/tools/credentials.js
 * console.log(await credentialProcess(assumeRole(createSession(), { roleArn })));
 * ```
 */
export async function credentialProcess(source: SessionLike, options?: CredentialProcessOptions): Promise<string> {
  checkOptions<CredentialProcessOptions>('credentialProcess', options, {
    minRemainingMs: isDuration(),
    signal: isAbortSignal,
  });
  const { minRemainingMs = ENOUGH_MS, signal } = options ?? {};
  const session = fromSessionLike(source);
  const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId, credentialScope } =
    await session.credentials({ minRemainingMs, signal });
  const Expiration = expiration && expirationText(expiration);
  // As it is written: what ends within this second has ended for the reader.
  if (Expiration !== undefined && Date.parse(Expiration) <= sessionTime(session).now()) throw ended(Expiration);
  return JSON.stringify(
    definedFields({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration,
      AccountId: accountId,
      CredentialScope: credentialScope,
    }),
  );
}

function ended(expiration: string): BsmError {
  return new BsmError('ERR_BSM_CREDENTIALS_EXPIRED', `The credentials of the session ended at ${expiration}.`, {
    retryable: true,
    details: { expiration },
  });
}
