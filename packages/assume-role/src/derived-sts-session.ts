import type { AwsCredentialIdentity, Session } from '@bsm/core-cache';
import { DEFAULT_MFA_TIMEOUT_MS, type MfaOptions } from './mfa-options.js';
import { createMfaPrompt } from './mfa-prompt.js';
import { type CredentialsSource, renewableSession } from './renewable-session.js';
import type { StsSessionOptions } from './role-session-options.js';
import { type RefusalAdvice, stsRefusal } from './sts-refusal.js';
import type { MfaParameters, StsCall } from './sts-transport.js';
import { withSourceCredentials } from './with-source-credentials.js';

/** What a session that STS issues from another session is made of. */
export interface DerivedStsSessionParts {
  readonly source: Session;
  readonly options: StsSessionOptions & { readonly mfa?: MfaOptions | undefined };
  /** Begins the messages of errors. */
  readonly subject: string;
  readonly advice: readonly RefusalAdvice[];
  /** A parameter that must not be seen in an error. */
  readonly secret?: string | undefined;
  readonly ask: (mfa: MfaParameters | undefined, call: StsCall) => Promise<AwsCredentialIdentity>;
}

/** Derives a session whose credentials STS issues with those of the source. Makes no call. */
export function derivedStsSession(parts: DerivedStsSessionParts): Session {
  const { source, subject, options } = parts;
  const { mfa, region, stsClientConfig: clientConfig } = options;
  const prompt = mfa && createMfaPrompt(mfa, source, subject);

  const issue: CredentialsSource = async ({ signal }) => {
    const call = { session: source, region: await source.region(), signal, clientConfig };
    // The source comes first: a person is not asked for a code that could not be used.
    const credentials = await source.credentials({ signal });
    const code = await prompt?.(signal);
    try {
      return await withSourceCredentials(source, credentials, signal, (current) =>
        parts.ask(code, { ...call, credentials: current }),
      );
    } catch (error) {
      throw stsRefusal(error, { ...parts, secrets: [parts.secret, code?.TokenCode] });
    }
  };

  return renewableSession(options, subject, issue, (credentials, refresh) =>
    source.derive({ credentials, region, refresh, interactiveMs: mfa && (mfa.timeoutMs ?? DEFAULT_MFA_TIMEOUT_MS) }),
  );
}
