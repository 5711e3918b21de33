import { FakeAwsError } from '../fake-aws-error.js';
import {
  accountId,
  checkOptions,
  integer,
  matching,
  number,
  type OptionRule,
  type OptionRules,
  oneOrMore,
  partition,
  required,
  text,
} from '../option-check.js';
import { accountOf } from './register-principal.js';
import { createSamlIssuer } from './saml-issuer.js';
import { writeSamlResponse } from './saml-response.js';
import type { SamlProvider, World } from './world.js';

/** A SAML provider to add. Its account is made when it does not exist. */
export interface AddSamlProviderOptions {
  readonly accountId: string;
  /** The last part of its ARN, such as `company`. */
  readonly name: string;
  /** Entity id of the identity provider, one and the same in all accounts that trust it. Default `https://idp.example.com/saml`. */
  readonly issuer?: string | undefined;
  /** Partition of an account that is made. */
  readonly partition?: string | undefined;
}

/**
 * A SAML provider of a fake AWS, together with the identity provider behind it.
 *
 * @example
 * ```ts
 * const company = aws.addSamlProvider({ accountId: '123456789012', name: 'company' });
 * const role = aws.addRole({
 *   accountId: '123456789012',
 *   roleName: 'staff',
 *   trustPolicy: {
 *     Statement: {
 *       Effect: 'Allow',
 *       Principal: { Federated: company.arn },
 *       Action: 'sts:AssumeRoleWithSAML',
 *       Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
 *     },
 *   },
 * });
 * const SAMLAssertion = company.assertion({ roles: role.arn, roleSessionName: 'alice' });
 * ```
 */
export interface FakeSamlProvider {
  /** What a trust policy names under `Principal.Federated`, and a call as `PrincipalArn`. */
  readonly arn: string;
  readonly name: string;
  readonly issuer: string;
  /** Issues a signed response in base64, by the virtual clock. STS takes it for five minutes, as often as it comes. */
  readonly assertion: (options: SamlAssertionOptions) => string;
}

/** What an assertion says. Nothing of it is held against the rules of STS before STS sees it. */
export interface SamlAssertionOptions {
  /**
   * ARNs of the roles that the subject may have. Each is paired with the provider of this issuer in the account of the
   * role, and with this provider when there is none.
   */
  readonly roles: string | readonly string[];
  readonly roleSessionName: string;
  /** The attribute `SessionDuration`, 900 to 43200 seconds. It can make a session shorter, never longer. */
  readonly durationSeconds?: number | undefined;
  /** Milliseconds of virtual time until `SessionNotOnOrAfter`, which ends the session at the latest. */
  readonly sessionEndsInMs?: number | undefined;
  /** The `NameID`. Default: the session name. */
  readonly subject?: string | undefined;
  /** Format of the `NameID`. Default `urn:oasis:names:tc:SAML:2.0:nameid-format:persistent`. */
  readonly nameIdFormat?: string | undefined;
  /** Default: that of AWS in the partition of the provider, such as `urn:amazon:webservices`. */
  readonly audience?: string | undefined;
  /** The sign-in address that trust policies call `SAML:aud`. Default: the global one of the provider's partition. */
  readonly recipient?: string | undefined;
  /** Milliseconds of virtual time until it ends; below 0 it has ended already. Default five minutes, after which STS refuses any. */
  readonly expiresInMs?: number | undefined;
  /** Last part of the status, such as `AuthnFailed`. Default `Success`. */
  readonly status?: string | undefined;
}

/** Adds a SAML provider, whose assertions AssumeRoleWithSAML takes. */
export function addSamlProvider(world: World, options: AddSamlProviderOptions): FakeSamlProvider {
  checkOptions<AddSamlProviderOptions>(options, samlProviderRules());
  const account = accountOf(world, options, '');
  const { name, issuer = 'https://idp.example.com/saml' } = options;
  const arn = `arn:${account.partition}:iam::${account.accountId}:saml-provider/${name}`;
  if (world.samlProviders.has(arn)) throw new FakeAwsError('name', 'is that of a provider that exists');
  const service = SERVICES[account.partition] ?? SERVICES['aws']!;
  // Whoever runs an identity provider signs with one key for all accounts that trust it.
  const signer = [...world.samlProviders.values()].find((other) => other.issuer === issuer)?.signer;
  const provider: SamlProvider = {
    arn,
    accountId: account.accountId,
    name,
    issuer,
    signer: signer ?? createSamlIssuer(),
    audiences: [service.audience, service.recipient],
  };
  world.samlProviders.set(arn, provider);
  return { arn, name, issuer, assertion: (claims) => issueAssertion(world, provider, service, claims) };
}

interface SignInService {
  readonly audience: string;
  readonly recipient: string;
}

/** What the sign-in of AWS is called in its partitions. */
const SERVICES: Readonly<Record<string, SignInService>> = {
  aws: { audience: 'urn:amazon:webservices', recipient: 'https://signin.aws.amazon.com/saml' },
  'aws-cn': { audience: 'urn:amazon:webservices:cn-north-1', recipient: 'https://signin.amazonaws.cn/saml' },
  'aws-us-gov': {
    audience: 'urn:amazon:webservices:govcloud',
    recipient: 'https://signin.amazonaws-us-gov.com/saml',
  },
};

function issueAssertion(
  world: World,
  provider: SamlProvider,
  service: SignInService,
  options: SamlAssertionOptions,
): string {
  checkOptions<SamlAssertionOptions>(options, assertionRules());
  const now = world.now();
  const { sessionEndsInMs } = options;
  const response = writeSamlResponse({
    issuer: provider.issuer,
    issuedAt: now,
    status: options.status ?? 'Success',
    subject: options.subject ?? options.roleSessionName,
    nameIdFormat: options.nameIdFormat ?? 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    recipient: options.recipient ?? service.recipient,
    audience: options.audience ?? service.audience,
    expiresAt: now + (options.expiresInMs ?? 300_000),
    roles: [options.roles].flat().map((role) => `${role},${providerFor(world, provider, role).arn}`),
    roleSessionName: options.roleSessionName,
    sessionDuration: options.durationSeconds,
    sessionEndsAt: sessionEndsInMs === undefined ? undefined : now + sessionEndsInMs,
  });
  return Buffer.from(provider.signer.sign(response)).toString('base64');
}

/** The provider of the same issuer in the account of a role. */
function providerFor(world: World, own: SamlProvider, roleArn: string): SamlProvider {
  const account = roleArn.split(':')[4];
  const fits = ({ issuer, accountId: id }: SamlProvider): boolean => issuer === own.issuer && id === account;
  return fits(own) ? own : ([...world.samlProviders.values()].find(fits) ?? own);
}

const samlProviderRules = (): OptionRules<AddSamlProviderOptions> => ({
  accountId: required(accountId()),
  name: required(matching(/^[\w.-]{1,128}$/, 'must be a name of 1 to 128 letters, digits or _.-')),
  issuer: matching(/^\S{1,1024}$/, 'must be an entity id of 1 to 1024 characters without space'),
  partition: partition(),
});

const uri = (): OptionRule => matching(/^[\w:/.#?=%+-]+$/, 'must be a URI');

const assertionRules = (): OptionRules<SamlAssertionOptions> => ({
  roles: required(oneOrMore(text())),
  roleSessionName: required(text()),
  durationSeconds: integer(900, 43_200),
  sessionEndsInMs: number(1000),
  subject: text(),
  nameIdFormat: uri(),
  audience: text(),
  recipient: uri(),
  expiresInMs: number(-1_000_000_000_000, 1_000_000_000_000),
  status: matching(/^\w+$/, 'must be the last part of a SAML status'),
});
