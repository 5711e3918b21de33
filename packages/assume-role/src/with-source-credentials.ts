import type { AwsCredentialIdentity, Session } from '@bsm/core-cache';

/**
 * Asks STS with the credentials of a session. When STS rejects them as ended, they are renewed and STS is asked once more, so that a
 * chain heals itself where it broke.
 */
export async function withSourceCredentials<Answer>(
  source: Session,
  credentials: AwsCredentialIdentity,
  signal: AbortSignal | undefined,
  ask: (credentials: AwsCredentialIdentity) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(credentials);
  } catch (error) {
    if (!isRejection(error)) throw error;
    source.credentials.invalidate(credentials.accessKeyId);
    const renewed = await source.credentials({ signal });
    if (renewed.accessKeyId === credentials.accessKeyId) throw error;
    return ask(renewed);
  }
}

function isRejection(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return [name, code].some((text) => /^(?:ExpiredToken(?:Exception)?|InvalidToken)$/.test(String(text)));
}
