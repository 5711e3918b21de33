import { FakeAwsError } from './fake-aws-error.js';
import { checkOptions, integer, region } from './option-check.js';
import { defaultRegion } from './signature/region-partition.js';
import { rootPrincipal } from './world/add-account.js';
import type { AccessKey, Principal, SessionFacts } from './world/identity.js';
import { findRole, issueLongTermKey, issueTemporaryKey, type World } from './world/world.js';

/** Credentials that an SDK client takes. */
export interface FakeCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** What makes an SDK client, or a session, act as a principal of a fake AWS. */
export interface FakeClientConfig {
  credentials: FakeCredentials;
  region: string;
  endpoint: string;
}

/** How the credentials of {@link FakeClientConfig} are made. */
export interface ClientConfigOptions {
  /** Default: a region of the principal's partition, `us-east-1` for `aws`. */
  readonly region?: string | undefined;
  /** Lifetime of temporary credentials in seconds. Default 3600. Long-term keys have none. */
  readonly durationSeconds?: number | undefined;
}

/**
 * Makes the configuration of a principal, given by its ARN or its handle. A user and a root user have one long-term key;
 * a role, a role session and a federated user get new temporary credentials each time, whatever the trust policy says.
 */
export function clientConfig(
  world: World,
  endpoint: string,
  principal: string | { readonly arn: string },
  options: ClientConfigOptions = {},
): FakeClientConfig {
  checkOptions<ClientConfigOptions>(options, { region: region(), durationSeconds: integer(1) });
  const arn = typeof principal === 'string' ? principal : principal?.arn;
  if (typeof arn !== 'string') throw new FakeAwsError('principal', 'must be an ARN or a principal of this fake AWS');
  const key = keyOf(world, arn, options.durationSeconds ?? 3600);
  return {
    credentials: toCredentials(key),
    region: options.region ?? defaultRegion(key.principal.account.partition),
    endpoint,
  };
}

function keyOf(world: World, arn: string, durationSeconds: number): AccessKey {
  const [, , service, , accountId = '', resource = ''] = arn.split(':');
  const expiresAt = world.now() + (world.credentialLifetimeMs ?? durationSeconds * 1000);
  const [kind, name = '', roleSessionName] = resource.split('/');
  if (service === 'sts' && kind === 'assumed-role' && roleSessionName !== undefined) {
    return issueTemporaryKey(world, roleNamed(world, accountId, name), session(roleSessionName), expiresAt);
  }
  const account = world.accounts.get(accountId);
  if (resource === 'root' && account !== undefined) return longTermKey(world, rootPrincipal(world, account));
  const principal = world.principals.get(arn);
  if (principal === undefined || principal.deleted) throw unknownPrincipal();
  if (principal.type === 'user') return longTermKey(world, principal);
  return issueTemporaryKey(world, principal, session('fake-aws'), expiresAt);
}

const session = (roleSessionName: string): SessionFacts => ({
  roleSessionName,
  tags: new Map(),
  transitiveTagKeys: [],
});

function longTermKey(world: World, principal: Principal): AccessKey {
  const own = [...world.keys.values()].find(
    (key) => key.principal === principal && key.active && key.sessionToken === undefined,
  );
  return own ?? issueLongTermKey(world, principal);
}

/** A session ARN does not tell the path of its role, but names are unique in an account. */
function roleNamed(world: World, accountId: string, name: string): Principal {
  for (const principal of world.principals.values()) {
    const found = principal.type === 'role' && principal.name === name && principal.account.accountId === accountId;
    if (found && findRole(world, principal.arn) !== undefined) return principal;
  }
  throw unknownPrincipal();
}

const toCredentials = (key: AccessKey): FakeCredentials => ({
  accessKeyId: key.accessKeyId,
  secretAccessKey: key.secretAccessKey,
  ...(key.sessionToken === undefined ? {} : { sessionToken: key.sessionToken }),
  ...(key.expiresAt === undefined ? {} : { expiration: new Date(key.expiresAt) }),
});

const unknownPrincipal = (): FakeAwsError => new FakeAwsError('principal', 'is not a principal of this fake AWS');
