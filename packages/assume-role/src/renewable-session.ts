import {
  type AwsCredentialIdentity,
  BsmError,
  type RefreshOptions,
  type Session,
  type SourceRequest,
} from '@bsm/core-cache';

/** How the credentials of a session are renewed, or that they are not. */
export interface RenewalOptions {
  readonly autoRefresh: boolean | undefined;
  readonly refresh: RefreshOptions | undefined;
  /** Begins the messages of errors. */
  readonly subject: string;
  /** Asks STS once. */
  readonly issue: (signal: AbortSignal) => Promise<AwsCredentialIdentity>;
  /** Makes the session of a source and of refresh options. */
  readonly build: (
    credentials: (request?: SourceRequest) => Promise<AwsCredentialIdentity>,
    refresh: RefreshOptions | undefined,
  ) => Session;
}

/** Makes a session that asks STS whenever its credentials must be renewed or, without `autoRefresh`, just once. */
export function renewableSession({ autoRefresh = true, refresh, subject, issue, build }: RenewalOptions): Session {
  const ask = (request?: SourceRequest): Promise<AwsCredentialIdentity> =>
    issue(request?.signal ?? new AbortController().signal);
  if (autoRefresh) return build(ask, refresh);
  let issued: AwsCredentialIdentity | undefined;
  const once = async (request?: SourceRequest): Promise<AwsCredentialIdentity> => {
    // After clearCache, or when a service rejected them, the same credentials are all that there is.
    if (issued && session.isExpired()) throw notRenewed(subject);
    issued ??= await ask(request);
    return issued;
  };
  const session = build(once, { ...refresh, advisoryWindowMs: 0, mandatoryWindowMs: 0, serveExpired: 'never' });
  return session;
}

function notRenewed(subject: string): BsmError {
  const message = `${subject} again: its credentials have ended, and autoRefresh is false. Make a new session.`;
  return new BsmError('ERR_BSM_CREDENTIALS_EXPIRED', message);
}
