import { FakeAwsError } from '../fake-aws-error.js';
import {
  accountId,
  checkOptions,
  listOf,
  matching,
  number,
  type OptionRules,
  partition,
  required,
  rule,
  text,
} from '../option-check.js';
import { accountOf } from './register-principal.js';
import { createTokenIssuer } from './token-issuer.js';
import type { World } from './world.js';

/** An OpenID Connect provider to add. Its account is made when it does not exist. */
export interface AddIdentityProviderOptions {
  readonly accountId: string;
  /** Issuer, such as `https://token.actions.githubusercontent.com`. Nothing is fetched from there. */
  readonly url: string;
  /** Audiences that it issues tokens for. Default `['sts.amazonaws.com']`. */
  readonly clientIds?: readonly string[] | undefined;
  /** Partition of an account that is made. */
  readonly partition?: string | undefined;
}

/** An OpenID Connect provider of a fake AWS. */
export interface FakeIdentityProvider {
  /** What a trust policy names under `Principal.Federated`. */
  readonly arn: string;
  readonly url: string;
  /** Issues a signed token, by the virtual clock. */
  readonly token: (options: TokenOptions) => string;
}

/** What a token says. */
export interface TokenOptions {
  readonly sub: string;
  /** Default: the first client id. */
  readonly aud?: string | undefined;
  /** Milliseconds of virtual time until it ends; below 0 it has ended already. Default an hour. */
  readonly expiresInMs?: number | undefined;
}

/** Adds an OpenID Connect provider, whose tokens AssumeRoleWithWebIdentity takes. */
export function addIdentityProvider(world: World, options: AddIdentityProviderOptions): FakeIdentityProvider {
  checkOptions<AddIdentityProviderOptions>(options, identityProviderRules());
  const { accountId: id, partition: name } = accountOf(world, options, '');
  const arn = `arn:${name}:iam::${id}:oidc-provider/${options.url.slice('https://'.length)}`;
  if (world.identityProviders.has(arn)) throw new FakeAwsError('url', 'is that of a provider that exists');
  // Whoever runs an issuer signs with one key for all accounts that trust it.
  const sameIssuer = [...world.identityProviders.values()].find(({ url }) => url === options.url);
  const issuer = sameIssuer?.issuer ?? createTokenIssuer();
  const clientIds = options.clientIds ?? ['sts.amazonaws.com'];
  world.identityProviders.set(arn, { arn, url: options.url, clientIds, issuer });
  return {
    arn,
    url: options.url,
    token(claims) {
      checkOptions<TokenOptions>(claims, tokenRules());
      const now = Math.floor(world.now() / 1000);
      const exp = Math.floor((world.now() + (claims.expiresInMs ?? 3_600_000)) / 1000);
      return issuer.sign({ iss: options.url, sub: claims.sub, aud: claims.aud ?? clientIds[0]!, iat: now, exp });
    },
  };
}

const identityProviderRules = (): OptionRules<AddIdentityProviderOptions> => ({
  accountId: required(accountId()),
  url: required(
    matching(/^https:\/\/[a-z0-9.-]+(\/[\w./-]*[\w-])?$/, 'must be an https URL without a slash at its end'),
  ),
  clientIds: rule(
    'must be an array of texts',
    (value) => listOf(text()).accepts(value) && (value as unknown[]).length > 0,
  ),
  partition: partition(),
});

const tokenRules = (): OptionRules<TokenOptions> => ({
  sub: required(text()),
  aud: text(),
  expiresInMs: number(Number.MIN_SAFE_INTEGER),
});
