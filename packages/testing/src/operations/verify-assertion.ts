import { ServiceError } from '../protocol/service-error.js';
import { readSamlIssuer, readSamlResponse, type SamlClaims } from '../world/saml-response.js';
import type { SamlProvider, World } from '../world/world.js';

/** An assertion and what it is used for. */
export interface PresentedAssertion {
  readonly roleArn: string;
  readonly principalArn: string;
  readonly assertion: string;
}

/** How long after its issue STS takes an assertion, whatever the assertion says. */
const REDEEMABLE_MS = 300_000;

/**
 * Believes an assertion when the provider signed it, lately, for AWS, and for this role.
 * An assertion may come again while it is fresh, as with AWS.
 */
export function verifyAssertion(
  world: World,
  presented: PresentedAssertion,
): { readonly claims: SamlClaims; readonly provider: SamlProvider } {
  const signed = decode(presented.assertion);
  const provider = world.samlProviders.get(presented.principalArn);
  if (provider === undefined) throw invalid("Specified provider doesn't exist");
  const issuer = readSamlIssuer(signed);
  if (issuer === undefined) throw invalid('Invalid SAML response');
  if (issuer !== provider.issuer) throw invalid('Issuer not present in specified provider');
  const response = provider.signer.open(signed);
  if (response === undefined) throw invalid('Response signature invalid');
  const claims = readSamlResponse(response);
  if (claims.status !== 'Success') {
    throw new ServiceError('IDPRejectedClaim', `The identity provider answered with the status ${claims.status}`, 403);
  }
  refuseExpired(world, claims);
  refuseMisdirected(claims, provider, presented);
  return { claims, provider };
}

function decode(assertion: string): string {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(assertion)) throw invalid('Invalid base64 SAMLResponse');
  return Buffer.from(assertion, 'base64').toString();
}

function refuseExpired(world: World, { issuedAt, expiresAt, sessionEndsAt }: SamlClaims): void {
  const now = world.now();
  if (now - issuedAt >= REDEEMABLE_MS) throw expired('Token must be redeemed within 5 minutes of issuance');
  if (now >= Math.min(expiresAt, sessionEndsAt ?? expiresAt)) throw expired('Response has expired');
}

/** Refuses what is for somebody else than AWS, or for other roles, or names a session that cannot be. */
function refuseMisdirected(
  { audience, roles, roleSessionName }: SamlClaims,
  provider: SamlProvider,
  { roleArn, principalArn }: PresentedAssertion,
): void {
  if (!provider.audiences.includes(audience)) throw invalid('Response does not contain the required audience.');
  if (!roles.includes(`${roleArn},${principalArn}`)) {
    throw invalid("SAML Assertion doesn't contain the requested Role and Metadata in the attributes");
  }
  if (/^[\w+=,.@-]{2,64}$/.test(roleSessionName)) return;
  throw invalid('RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}');
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidIdentityToken', message);
const expired = (message: string): ServiceError => new ServiceError('ExpiredTokenException', message);
