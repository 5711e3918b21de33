import { assertOption, checkOptions, isFunction, isInteger, optionInvalid, type Session } from '@bsm/core-cache';
import { isMatch } from './option-checks.js';
import { roleSessionChecks, roleSessionParameters } from './role-session-options.js';
import { callForProof, type RootRoleSessionOptions, rootChecks, rootRoleSession } from './root-role-session.js';
import { sdkOperation } from './sdk-sts.js';
import type { RefusalAdvice } from './sts-refusal.js';
import type { StsTransport } from './sts-transport.js';

/** Options of {@link assumeRoleWithSaml}. */
export type AssumeRoleWithSamlOptions = RootRoleSessionOptions & {
  /** ARN of the SAML provider in the account of the role. */
  readonly principalArn: string;
  /** Gets an assertion in base64 from the identity provider. Asked at each refresh, since AWS accepts one for five minutes. */
  readonly assertion: () => string | Promise<string>;
};

/** Makes the session; see {@link assumeRoleWithSaml}. */
export type AssumeRoleWithSaml = (options: AssumeRoleWithSamlOptions) => Session;

/**
 * Makes an `assumeRoleWithSaml` that asks STS in another way than with the SDK's client.
 *
 * @example
 * ```ts
 * const assumeRoleWithSaml = createAssumeRoleWithSaml(transport);
 * ```
 */
export function createAssumeRoleWithSaml(sts: Pick<StsTransport, 'assumeRoleWithSaml'>): AssumeRoleWithSaml {
  assertOption('createAssumeRoleWithSaml', 'sts', sts?.assumeRoleWithSaml, isFunction);
  return (options) => {
    checkSamlOptions(options);
    const { principalArn: PrincipalArn, assertion } = options;
    const parameters = { ...roleSessionParameters(options), PrincipalArn };
    return rootRoleSession({
      options,
      feature: { CREDENTIALS_STS_ASSUME_ROLE_SAML: 'j' },
      advice: ADVICE,
      prove: () => callForProof('assertion', assertion),
      ask: (SAMLAssertion, call) => sts.assumeRoleWithSaml({ ...parameters, SAMLAssertion }, call),
    });
  };
}

/**
 * Makes a session of a role for a SAML 2.0 assertion of a company's identity provider.
 *
 * Needs no AWS credentials, so it has no `parent` unless one is given to share connections with. The region, where STS is asked too, is
 * the one given, else that of the parent, else that of the environment as in `createSession`. The name of the role session is in the
 * assertion. A role assumed from it counts as chained. Makes no call before the first use, then one per lifetime.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once, `ERR_BSM_SESSION_CLOSED` for a closed parent. Credentials reject with
 * `ERR_BSM_CREDENTIALS_REJECTED` when AWS does not accept the assertion, or as those of `assumeRole` do. The assertion is never shown.
 *
 * @example
 * ```ts
 * const session = assumeRoleWithSaml({
 *   roleArn: 'arn:aws:iam::123456789012:role/staff',
 *   principalArn: 'arn:aws:iam::123456789012:saml-provider/company',
 *   assertion: () => signInAtIdentityProvider(),
 * });
 * ```
 */
export const assumeRoleWithSaml: AssumeRoleWithSaml = /* @__PURE__ */ createAssumeRoleWithSaml({
  assumeRoleWithSaml: /* @__PURE__ */ sdkOperation('AssumeRoleWithSAMLCommand'),
});

const CALLER = 'assumeRoleWithSaml';

function checkSamlOptions(options: AssumeRoleWithSamlOptions): void {
  checkOptions<AssumeRoleWithSamlOptions>(CALLER, options ?? null, {
    ...roleSessionChecks(CALLER, isInteger(900, 43_200)),
    ...rootChecks(options),
    principalArn: isMatch(
      /^arn:aws[a-z-]{0,20}:iam::\d{12}:saml-provider\/[\w.-]{1,128}$/,
      'the ARN of a SAML provider',
    ),
    assertion: isFunction,
  });
  for (const name of ['roleArn', 'principalArn', 'assertion'] as const) {
    if (options[name] === undefined) throw optionInvalid(CALLER, name, 'given');
  }
}

const ADVICE: readonly RefusalAdvice[] = [
  [/MaxSessionDuration/, 'Pass a smaller durationSeconds, or raise the maximum of the role.'],
  [
    /^ERR_BSM_CREDENTIALS_REJECTED/,
    'The assertion was rejected: it may be older than five minutes, or not be for this provider and role.',
  ],
  [
    /^ERR_BSM_ACCESS_DENIED/,
    'Likely the trust policy of the role does not name the SAML provider, or a condition on the assertion does not hold.',
  ],
];
