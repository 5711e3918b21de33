import { type AwsCredentialIdentity, BsmError, type RefreshOptions, type Session } from '@bsm/core-cache';

/** Asks for credentials. The session that asks always gives a signal. */
export type CredentialsSource = (request: { readonly signal: AbortSignal }) => Promise<AwsCredentialIdentity>;

/** How the credentials of a session are renewed, or that they are not. */
export interface RenewalOptions {
  readonly autoRefresh?: boolean | undefined;
  readonly refresh?: RefreshOptions | undefined;
}

/**
 * Makes a session that asks STS whenever its credentials must be renewed or, without `autoRefresh`, just once.
 *
 * @param subject - Begins the messages of errors.
 * @param issue - Asks STS.
 * @param build - Makes the session of a source and of refresh options.
 */
export function renewableSession(
  { autoRefresh = true, refresh }: RenewalOptions,
  subject: string,
  issue: CredentialsSource,
  build: (credentials: CredentialsSource, refresh: RefreshOptions | undefined) => Session,
): Session {
  if (autoRefresh) return build(issue, refresh);
  let issued: AwsCredentialIdentity | undefined;
  const issueOnce: CredentialsSource = async (request) => {
    // After clearCache, or when a service rejected them, the same credentials are all that there is.
    if (issued && session.isExpired()) {
      const message = `${subject} again: autoRefresh is false. Make a new session.`;
      throw new BsmError('ERR_BSM_CREDENTIALS_EXPIRED', message);
    }
    issued ??= await issue(request);
    return issued;
  };
  const session = build(issueOnce, { ...refresh, advisoryWindowMs: 0, mandatoryWindowMs: 0, serveExpired: 'never' });
  return session;
}
