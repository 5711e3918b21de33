import type { GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { BsmError, fromAwsError, type Session } from '@bsm/core-cache';
import type { CallerIdentity } from './get-caller-identity.js';
import { withClient } from './with-client.js';

/** Asks STS, with a client of its own, who the credentials of the session belong to. */
export async function callGetCallerIdentity(session: Session, signal: AbortSignal): Promise<CallerIdentity> {
  // First, so that a region that cannot be resolved is the session's own error.
  await session.region();
  try {
    const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
    return await withClient(
      session,
      (config) => new STSClient(config),
      async (client) => readReply(await client.send(new GetCallerIdentityCommand({}), { abortSignal: signal })),
    );
  } catch (error) {
    throw fromAwsError(error, 'Cannot get the caller identity');
  }
}

function readReply({ Account: accountId = '', UserId: userId, Arn: arn }: GetCallerIdentityResponse): CallerIdentity {
  if (!/^\d{12}$/.test(accountId) || !userId || !arn) {
    const message = 'Cannot get the caller identity: the answer of STS lacks a part.';
    throw new BsmError('ERR_BSM_RESPONSE_INVALID', message, { retryable: true });
  }
  // Every caller gets this one object.
  return Object.freeze({ accountId, userId, arn });
}
