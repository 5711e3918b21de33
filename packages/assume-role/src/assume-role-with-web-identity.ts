import {
  assertOption,
  checkOptions,
  definedFields,
  isFunction,
  isInteger,
  isText,
  type OptionCheck,
  optionInvalid,
  type Session,
} from '@bsm/core-cache';
import { defaultSessionName } from './default-session-name.js';
import { isRoleSessionName } from './option-checks.js';
import { readTokenFile } from './read-token-file.js';
import { roleSessionChecks, roleSessionParameters } from './role-session-options.js';
import { callForProof, type RootRoleSessionOptions, rootChecks, rootRoleSession } from './root-role-session.js';
import { sdkOperation } from './sdk-sts.js';
import type { RefusalAdvice } from './sts-refusal.js';
import type { StsTransport } from './sts-transport.js';

/** Options of {@link assumeRoleWithWebIdentity}: a token, or the file that has one. */
export type AssumeRoleWithWebIdentityOptions = RootRoleSessionOptions & {
  /** Default as in `assumeRole`. */
  readonly roleSessionName?: string | undefined;
  /** Host name of an OAuth 2.0 provider (Amazon, Facebook). Never for OpenID Connect. */
  readonly providerId?: string | undefined;
} & (
    | {
        /** The token. A function is asked at each refresh; a text can serve only until it ends. */
        readonly token: string | (() => string | Promise<string>);
        readonly tokenFile?: undefined;
      }
    | {
        /** A file with the token, read again at each refresh, since Kubernetes replaces it. */
        readonly tokenFile: string;
        readonly token?: undefined;
      }
  );

/** Makes the session; see {@link assumeRoleWithWebIdentity}. */
export type AssumeRoleWithWebIdentity = (options: AssumeRoleWithWebIdentityOptions) => Session;

/**
 * Makes an `assumeRoleWithWebIdentity` that asks STS in another way than with the SDK's client.
 *
 * @example
 * ```ts
 * const assumeRoleWithWebIdentity = createAssumeRoleWithWebIdentity(transport);
 * ```
 */
export function createAssumeRoleWithWebIdentity(
  sts: Pick<StsTransport, 'assumeRoleWithWebIdentity'>,
): AssumeRoleWithWebIdentity {
  assertOption('createAssumeRoleWithWebIdentity', 'sts', sts?.assumeRoleWithWebIdentity, isFunction);
  return (options) => {
    checkWebIdentityOptions(options);
    const { token, tokenFile, roleSessionName, providerId } = options;
    const parameters = {
      ...roleSessionParameters(options),
      ...definedFields({ RoleSessionName: roleSessionName ?? defaultSessionName(), ProviderId: providerId }),
    };
    return rootRoleSession({
      options,
      feature: { CREDENTIALS_STS_ASSUME_ROLE_WEB_ID: 'k' },
      advice: ADVICE,
      async prove(signal) {
        if (tokenFile !== undefined) return readTokenFile(tokenFile, signal);
        return typeof token === 'function' ? callForProof('token', token) : token;
      },
      ask: (WebIdentityToken, call) => sts.assumeRoleWithWebIdentity({ ...parameters, WebIdentityToken }, call),
    });
  };
}

/**
 * Makes a session of a role for a token of an OpenID Connect provider: Kubernetes, GitHub Actions, your own.
 *
 * Needs no AWS credentials, so it has no `parent` unless one is given to share connections with. The region, where STS is asked too, is
 * the one given, else that of the parent, else that of the environment as in `createSession`. A role assumed from it counts as chained.
 * Makes no call before the first use, then one per lifetime.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once, `ERR_BSM_SESSION_CLOSED` for a closed parent. Credentials reject with `ERR_BSM_TOKEN_FILE_INVALID` naming the file,
 * `ERR_BSM_CREDENTIALS_REJECTED` when AWS does not accept the token, or as those of `assumeRole` do. The token is never shown.
 *
 * @example
 * ```ts
 * const session = assumeRoleWithWebIdentity({
 *   roleArn: 'arn:aws:iam::123456789012:role/pod',
 *   tokenFile: '/var/run/secrets/eks.amazonaws.com/serviceaccount/token',
 * });
 * ```
 */
export const assumeRoleWithWebIdentity: AssumeRoleWithWebIdentity = /* @__PURE__ */ createAssumeRoleWithWebIdentity({
  assumeRoleWithWebIdentity: /* @__PURE__ */ sdkOperation('AssumeRoleWithWebIdentityCommand'),
});

const CALLER = 'assumeRoleWithWebIdentity';

function checkWebIdentityOptions(options: AssumeRoleWithWebIdentityOptions): void {
  checkOptions<AssumeRoleWithWebIdentityOptions>(CALLER, options ?? null, {
    ...roleSessionChecks(CALLER, isInteger(900, 43_200)),
    ...rootChecks(options),
    roleSessionName: isRoleSessionName,
    providerId: isText,
    token: isTokenOrFunction,
    tokenFile: isText,
  });
  if (options.roleArn === undefined) throw optionInvalid(CALLER, 'roleArn', 'given');
  if ((options.token === undefined) === (options.tokenFile === undefined)) {
    throw optionInvalid(CALLER, 'token', 'given, or else tokenFile: one of the two');
  }
}

const isTokenOrFunction: OptionCheck = (value, name) =>
  typeof value === 'function' || !isText(value, name) ? undefined : 'a token, or a function that gives one';

const ADVICE: readonly RefusalAdvice[] = [
  [/MaxSessionDuration/, 'Pass a smaller durationSeconds, or raise the maximum of the role.'],
  [
    /^ERR_BSM_CREDENTIALS_REJECTED/,
    'The token was rejected: it may have ended, be for another audience, or come from an issuer that the account does not know.',
  ],
  [
    /^ERR_BSM_ACCESS_DENIED/,
    'Likely the trust policy of the role does not name the issuer, or its conditions on audience and subject do not hold.',
  ],
];
