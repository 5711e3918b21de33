import { fromSessionLike, type Session, type SessionLike } from '@bsm/core-cache';
import {
  type AssumeRoleOptions,
  assumeRoleParameters,
  checkAssumeRoleOptions,
  checkChainedDuration,
} from './assume-role-options.js';
import { issuedCredentials } from './issued-credentials.js';
import { createMfaPrompt } from './mfa-prompt.js';
import { roleRefusal, roleSubject } from './role-refusal.js';
import { isRoleSession, markRoleSession } from './role-session-mark.js';
import { stsSession } from './sts-session.js';
import type { StsTransport } from './sts-transport.js';
import { withSourceCredentials } from './with-source-credentials.js';

/** Makes the session of a role; see `assumeRole`. */
export type AssumeRole = (source: SessionLike, options: AssumeRoleOptions) => Session;

/**
 * Makes an `assumeRole` that asks STS in another way than with the SDK's client, so that a bundle contains no SDK client.
 *
 * The transport needs no cache, no retry after `ExpiredToken` and no safe errors: the session sees to that.
 *
 * @example
 * ```ts
 * const assumeRole = createAssumeRole({ assumeRole: (parameters, call) => signedFetch('AssumeRole', parameters, call) });
 * ```
 */
export function createAssumeRole(sts: Pick<StsTransport, 'assumeRole'>): AssumeRole {
  return (source, options) => {
    checkAssumeRoleOptions('assumeRole', options);
    return roleSession(sts, source, options, 'assumeRole');
  };
}

/**
 * Makes the session of a role from checked options.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for a source that is none, and for a duration that the source does not allow.
 */
export function roleSession(
  sts: Pick<StsTransport, 'assumeRole'>,
  sessionLike: SessionLike,
  options: AssumeRoleOptions,
  caller: string,
): Session {
  const source = fromSessionLike(sessionLike);
  checkChainedDuration(caller, options, isRoleSession(source));
  const subject = roleSubject(options.roleArn);
  const parameters = assumeRoleParameters(options);
  const prompt = options.mfa && createMfaPrompt({ mfa: options.mfa, session: source, subject });
  const about = {
    subject,
    feature: { CREDENTIALS_STS_ASSUME_ROLE: 'i' },
    accountId: options.roleArn.split(':')[4],
    used: { externalId: options.externalId !== undefined, mfa: prompt !== undefined },
  };

  async function issue(signal: AbortSignal | undefined): ReturnType<Session['credentials']> {
    // The source comes first: a person is not asked for a code that could not be used.
    const region = await source.region();
    const credentials = await source.credentials({ signal });
    const mfa = await prompt?.(signal);
    try {
      const answer = await withSourceCredentials(source, credentials, signal, (current) =>
        sts.assumeRole(
          { ...parameters, ...mfa },
          { session: source, credentials: current, region, signal, clientConfig: options.stsClientConfig },
        ),
      );
      return issuedCredentials(answer, about);
    } catch (error) {
      const secrets = [parameters.ExternalId, mfa?.TokenCode].filter((value) => value !== undefined);
      throw roleRefusal(error, { ...about, secrets });
    }
  }

  return markRoleSession(stsSession({ source, options, subject, issue }));
}
