import { assertOption, fromSessionLike, isFunction, type Session, type SessionLike } from '@bsm/core-cache';
import { ASSUME_ROLE_ADVICE } from './assume-role-advice.js';
import { type AssumeRoleOptions, assumeRoleParameters, checkAssumeRoleOptions } from './assume-role-options.js';
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
  assertOption('createAssumeRole', 'sts', sts?.assumeRole, isFunction);
  return (sessionLike, options) => {
    const source = fromSessionLike(sessionLike);
    checkAssumeRoleOptions('assumeRole', options, isRoleSession(source));
    return roleSession(sts, source, options);
  };
}

/** Makes the session of a role from checked options. */
export function roleSession(
  sts: Pick<StsTransport, 'assumeRole'>,
  source: Session,
  options: AssumeRoleOptions,
): Session {
  const { roleArn, externalId: secret } = options;
  const subject = roleSubject(roleArn);
  const parameters = assumeRoleParameters(options);
  const issuedFor = { subject, feature: { CREDENTIALS_STS_ASSUME_ROLE: 'i' }, accountId: roleArn.split(':')[4] };
  return markRoleSession(
    derivedStsSession({
      source,
      options,
      subject,
      advice: ASSUME_ROLE_ADVICE,
      secret,
      ask: async (code, call) => issuedCredentials(await sts.assumeRole({ ...parameters, ...code }, call), issuedFor),
    }),
  );
}
