import type { AccessKey, Account, Principal, RolePrincipal, SessionFacts } from './identity.js';
import { makeAccessKeyId, makeSecretAccessKey, makeSessionToken } from './key-ids.js';
import type { MfaDevice } from './mfa-device.js';
import type { SamlIssuer } from './saml-issuer.js';
import type { TokenIssuer } from './token-issuer.js';

/** Everything that exists in a fake AWS. */
export interface World {
  readonly now: () => number;
  readonly accounts: Map<string, Account>;
  readonly principals: Map<string, Principal>;
  readonly keys: Map<string, AccessKey>;
  /** Devices by serial number, each with its owner. */
  readonly mfaDevices: Map<string, { readonly owner: Principal; readonly device: MfaDevice }>;
  /** OpenID Connect providers by ARN. */
  readonly identityProviders: Map<string, IdentityProvider>;
  /** SAML providers by ARN. */
  readonly samlProviders: Map<string, SamlProvider>;
  /** Replaces the lifetime that a caller asks for. */
  readonly credentialLifetimeMs: number | undefined;
}

/** An OpenID Connect provider of an account. */
export interface IdentityProvider {
  readonly arn: string;
  readonly url: string;
  readonly clientIds: readonly string[];
  readonly issuer: TokenIssuer;
}

/** A SAML provider of an account. */
export interface SamlProvider {
  readonly arn: string;
  readonly accountId: string;
  readonly name: string;
  /** Entity id of the company's identity provider. */
  readonly issuer: string;
  readonly signer: SamlIssuer;
  /** Audiences of which an assertion must have one. */
  readonly audiences: readonly string[];
}

export const createWorld = (now: () => number, credentialLifetimeMs: number | undefined): World => ({
  now,
  accounts: new Map(),
  principals: new Map(),
  keys: new Map(),
  mfaDevices: new Map(),
  identityProviders: new Map(),
  samlProviders: new Map(),
  credentialLifetimeMs,
});

/** Finds a role that exists. */
export function findRole(world: World, arn: string): RolePrincipal | undefined {
  const principal = world.principals.get(arn);
  return principal?.type === 'role' && !principal.deleted ? (principal as RolePrincipal) : undefined;
}

/** Makes a long-term key, or takes the given pair. */
export function issueLongTermKey(
  world: World,
  principal: Principal,
  pair?: { readonly accessKeyId: string; readonly secretAccessKey: string },
): AccessKey {
  const key: AccessKey = {
    accessKeyId: pair?.accessKeyId ?? makeAccessKeyId('AKIA', principal.account.accountId),
    secretAccessKey: pair?.secretAccessKey ?? makeSecretAccessKey(),
    sessionToken: undefined,
    expiresAt: undefined,
    principal,
    session: undefined,
    active: true,
  };
  world.keys.set(key.accessKeyId, key);
  return key;
}

/** Makes a temporary key that ends `lifetimeMs` from now on the virtual clock, to the second, as those of AWS do. */
export function issueTemporaryKey(
  world: World,
  principal: Principal,
  session: SessionFacts,
  expiresAt: number,
): AccessKey {
  const key: AccessKey = {
    accessKeyId: makeAccessKeyId('ASIA', principal.account.accountId),
    secretAccessKey: makeSecretAccessKey(),
    sessionToken: makeSessionToken(),
    expiresAt: Math.floor(expiresAt / 1000) * 1000,
    principal,
    session,
    active: true,
  };
  world.keys.set(key.accessKeyId, key);
  return key;
}
