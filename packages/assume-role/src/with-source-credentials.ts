import { type AwsCredentialIdentity, isCredentialRejection, type Session } from '@bsm/core-cache';

/**
 * Asks STS with the credentials of a session. When STS rejects them as ended, they are renewed and STS is asked once more, so that a
 * chain heals itself where it broke.
 */
export async function withSourceCredentials<Answer>(
  source: Session,
  credentials: AwsCredentialIdentity,
  signal: AbortSignal,
  ask: (credentials: AwsCredentialIdentity) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(credentials);
  } catch (error) {
    if (!isCredentialRejection(error)) throw error;
    source.credentials.invalidate(credentials.accessKeyId);
    const renewed = await source.credentials({ signal });
    if (renewed.accessKeyId === credentials.accessKeyId) throw error;
    return ask(renewed);
  }
}
