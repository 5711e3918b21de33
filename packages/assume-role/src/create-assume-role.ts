import { fromSessionLike, type Session, type SessionLike } from '@bsm/core-cache';
import { assumeRoleAdvice } from './assume-role-advice.js';
import {
  type AssumeRoleOptions,
  assumeRoleParameters,
  checkAssumeRoleOptions,
  checkChainedDuration,
} from './assume-role-options.js';
import { derivedStsSession } from './derived-sts-session.js';
import { issuedCredentials } from './issued-credentials.js';
import { isRoleSession, markRoleSession } from './role-session-mark.js';
import { roleSubject } from './sts-refusal.js';
import type { StsTransport } from './sts-transport.js';

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
  const { roleArn, externalId, mfa } = options;
  const subject = roleSubject(roleArn);
  const parameters = assumeRoleParameters(options);
  const session = derivedStsSession({
    source,
    options,
    subject,
    advice: assumeRoleAdvice({ externalId: externalId !== undefined, mfa: mfa !== undefined }),
    secret: externalId,
    ask: (code, call) => sts.assumeRole({ ...parameters, ...code }, call),
    read: (answer) =>
      issuedCredentials(answer, {
        subject,
        feature: { CREDENTIALS_STS_ASSUME_ROLE: 'i' },
        accountId: roleArn.split(':')[4],
      }),
  });
  return markRoleSession(session);
}
