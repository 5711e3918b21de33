import { type AwsCredentialIdentity, BsmError, type Session, type SourceRequest } from '@bsm/core-cache';
import { DEFAULT_MFA_TIMEOUT_MS, type MfaOptions } from './mfa-options.js';
import type { StsSessionOptions } from './role-session-options.js';

/** What a session of STS is made of. */
export interface StsSessionParts {
  readonly source: Session;
  readonly options: StsSessionOptions & { readonly mfa?: MfaOptions | undefined };
  /** Begins the messages of errors. */
  readonly subject: string;
  /** Asks STS once. */
  readonly issue: (signal: AbortSignal | undefined) => Promise<AwsCredentialIdentity>;
}

/** Derives a session whose credentials STS issues with those of the source. Makes no call. */
export function stsSession({ source, options, subject, issue }: StsSessionParts): Session {
  const { region, refresh, mfa, autoRefresh = true } = options;
  let issued: AwsCredentialIdentity | undefined;
  const provider = async (request: SourceRequest = {}): Promise<AwsCredentialIdentity> => {
    if (autoRefresh) return issue(request.signal);
    // After clearCache, or when a service rejected them, the same credentials are all that there is.
    if (issued && session.isExpired()) throw notRenewed(subject);
    issued ??= await issue(request.signal);
    return issued;
  };
  const session: Session = source.derive({
    credentials: provider,
    region,
    refresh: autoRefresh ? refresh : { ...refresh, advisoryWindowMs: 0, mandatoryWindowMs: 0, serveExpired: 'never' },
    ...(mfa && { interactiveMs: mfa.timeoutMs ?? DEFAULT_MFA_TIMEOUT_MS }),
  });
  return session;
}

function notRenewed(subject: string): BsmError {
  const message = `${subject} again: its credentials have ended, and autoRefresh is false. Make a new session.`;
  return new BsmError('ERR_BSM_CREDENTIALS_EXPIRED', message);
}
