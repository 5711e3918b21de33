import {
  assertOption,
  checkOptions,
  definedFields,
  fromSessionLike,
  isFunction,
  isInteger,
  principalKey,
  type Session,
  type SessionLike,
} from '@bsm/core-cache';
import { derivedStsSession } from './derived-sts-session.js';
import { issuedCredentials } from './issued-credentials.js';
import { isMfa, type MfaOptions } from './mfa-options.js';
import { type StsSessionOptions, stsSessionChecks } from './role-session-options.js';
import { sdkOperation } from './sdk-sts.js';
import type { RefusalAdvice } from './sts-refusal.js';
import type { SessionTokenParameters, StsTransport } from './sts-transport.js';

/** Options of {@link getSessionToken}. */
export interface GetSessionTokenOptions extends StsSessionOptions {
  /** Lifetime of the credentials in seconds, 900 to 129,600. Not sent when absent: STS gives 43,200 to a user. */
  readonly durationSeconds?: number | undefined;
  /** The MFA device of the user: what the session does counts as done with MFA. */
  readonly mfa?: MfaOptions | undefined;
}

/** Makes the session; see {@link getSessionToken}. */
export type GetSessionToken = (source: SessionLike, options?: GetSessionTokenOptions) => Session;

/**
 * Makes a `getSessionToken` that asks STS in another way than with the SDK's client.
 *
 * @example
 * ```ts
 * const getSessionToken = createGetSessionToken(transport);
 * ```
 */
export function createGetSessionToken(sts: Pick<StsTransport, 'getSessionToken'>): GetSessionToken {
  assertOption('createGetSessionToken', 'sts', sts?.getSessionToken, isFunction);
  return (sessionLike, options = {}) => {
    const caller = 'getSessionToken';
    checkOptions<GetSessionTokenOptions>(caller, options, {
      ...stsSessionChecks(caller),
      durationSeconds: isInteger(900, 129_600),
      mfa: isMfa(caller),
    });
    const source = fromSessionLike(sessionLike);
    const subject = 'Cannot get a session token';
    const parameters = definedFields<SessionTokenParameters>({
      DurationSeconds: options.durationSeconds,
      SerialNumber: undefined,
      TokenCode: undefined,
    });
    return derivedStsSession({
      source,
      options,
      subject,
      advice: ADVICE,
      // STS does not say who this is: it is who the source is.
      ask: async (code, call) => ({
        ...issuedCredentials(await sts.getSessionToken({ ...parameters, ...code }, call), {
          subject,
          feature: { CREDENTIALS_STS_SESSION_TOKEN: 'm' },
          accountId: source.credentials.current?.accountId,
        }),
        [principalKey()]: source.principal,
      }),
    });
  };
}

/**
 * Makes a session of the same user with temporary credentials, with MFA if asked: one code for as many roles as are assumed from it.
 *
 * The source must have the long-term keys of a user. Refreshes, chains and fails as a session of `assumeRole` does; to refresh, `mfa`
 * needs a token that can be asked again.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once; what `assumeRole` says about credentials holds here.
 *
 * @example
 * ```ts
 * const session = getSessionToken(createSession({ profile: 'dev' }), {
 *   mfa: { serialNumber: 'arn:aws:iam::123456789012:mfa/alice', token: mfaCommand(['ykman', 'oath', 'accounts', 'code', '--single', 'AWS']) },
 * });
 * ```
 */
export const getSessionToken: GetSessionToken = /* @__PURE__ */ createGetSessionToken({
  getSessionToken: /* @__PURE__ */ sdkOperation('GetSessionTokenCommand'),
});

const ADVICE: readonly RefusalAdvice[] = [
  [/MultiFactorAuth|\bMFA\b/, 'Check mfa.serialNumber and the code; each code works once.'],
  [/session credentials/i, 'The source must have the long-term keys of a user.'],
  [/^ERR_BSM_CREDENTIALS_REJECTED/, 'The source was rejected: renew its credentials, check the clock of this machine.'],
];
