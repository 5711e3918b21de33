import { type ClientConfigOptions, clientConfig, type FakeClientConfig } from './client-config.js';
import { createVirtualClock, type VirtualClock } from './clock/virtual-clock.js';
import { FakeAwsError } from './fake-aws-error.js';
import type { FaultRule } from './faults/fault-rule.js';
import { createFaults } from './faults/faults.js';
import {
  type CredentialEndpointOptions,
  type FakeCredentialEndpoint,
  startCredentialEndpoint,
} from './iot/start-credential-endpoint.js';
import { boolean, checkOptions, date, list, number } from './option-check.js';
import type { RecordedRequest } from './server/recorded-request.js';
import { createRecorder } from './server/recorder.js';
import { startServer } from './server/server.js';
import { type AddAccountOptions, addAccount, type FakeAccount } from './world/add-account.js';
import { type AddFederatedUserOptions, addFederatedUser } from './world/add-federated-user.js';
import {
  type AddIdentityProviderOptions,
  addIdentityProvider,
  type FakeIdentityProvider,
} from './world/add-identity-provider.js';
import { addMfaDevice, mfaSerialRule } from './world/add-mfa-device.js';
import { type AddRoleOptions, addRole, type FakeRole } from './world/add-role.js';
import { type AddSamlProviderOptions, addSamlProvider, type FakeSamlProvider } from './world/add-saml-provider.js';
import { type AddUserOptions, addUser, type FakeUser } from './world/add-user.js';
import type { FakeMfaDevice } from './world/mfa-device.js';
import type { FakePrincipal } from './world/register-principal.js';
import { createWorld, type World } from './world/world.js';

/** What a fake AWS starts with. */
export interface FakeAwsOptions {
  /** First time of the virtual clock. Default: the real time, cut to the second. */
  readonly startAt?: Date | undefined;
  /** `true`: the clock runs with real time instead of standing still. Default `false`. */
  readonly realTime?: boolean | undefined;
  /** Lifetime of all credentials that are issued, in milliseconds (at least 1000), instead of what the caller asks for. */
  readonly credentialLifetimeMs?: number | undefined;
  /** Accounts, as for `addAccount`. */
  readonly accounts?: readonly AddAccountOptions[] | undefined;
  /** Roles, as for `addRole`. */
  readonly roles?: readonly AddRoleOptions[] | undefined;
  /** Users, as for `addUser`. */
  readonly users?: readonly AddUserOptions[] | undefined;
}

/** An AWS that lives in this process. */
export interface FakeAws {
  /** URL of STS, IAM and S3. */
  readonly endpoint: string;
  /** What credentials and MFA codes go by. Signatures are judged by real time, which the SDK signs with. */
  readonly clock: VirtualClock;
  /** All requests so far, in order of arrival. */
  readonly requests: readonly RecordedRequest[];
  /** Number of requests of an operation so far, whatever became of them; retries of the SDK count too. */
  readonly count: (operation: string) => number;
  /**
   * Resolves when `count(operation)` has reached a number (default 1), so that a test need not sleep.
   * Rejects with an `Error` that names both numbers when the fake AWS is closed before.
   */
  readonly received: (operation: string, count?: number) => Promise<void>;
  /** Adds an account. */
  readonly addAccount: (options: AddAccountOptions) => FakeAccount;
  /** Adds a user with an access key. It may do everything unless `permissions` say otherwise. */
  readonly addUser: (options: AddUserOptions) => FakeUser;
  /** Adds a role, which trusts its own account unless `trust` or `trustPolicy` say otherwise. */
  readonly addRole: (options: AddRoleOptions) => FakeRole;
  /** Adds a federated user, as `GetFederationToken` makes one. */
  readonly addFederatedUser: (options: AddFederatedUserOptions) => FakePrincipal;
  /** Gives a user a virtual MFA device, with the serial number that it would have in AWS or a given one. */
  readonly addMfaDevice: (
    user: FakeUser | string,
    options?: { readonly serialNumber?: string | undefined },
  ) => FakeMfaDevice;
  /** Adds an OpenID Connect provider and issues its tokens, for AssumeRoleWithWebIdentity. */
  readonly addIdentityProvider: (options: AddIdentityProviderOptions) => FakeIdentityProvider;
  /** Adds a SAML provider and issues its assertions, for AssumeRoleWithSAML. */
  readonly addSamlProvider: (options: AddSamlProviderOptions) => FakeSamlProvider;
  /** Makes something go wrong; returns what ends it. Faults add up, in the order in which they were made. */
  readonly fault: (rule: FaultRule) => () => void;
  /** Credentials, region and endpoint of a principal, given by its handle or ARN (also root and role sessions). */
  readonly clientConfig: (
    principal: string | { readonly arn: string },
    options?: ClientConfigOptions,
  ) => FakeClientConfig;
  /**
   * Starts the credential endpoint of AWS IoT Core for an account: HTTPS with client certificates, authorities of its own, a registry
   * of certificates, things and role aliases. Its requests are recorded as `AssumeRoleWithCertificate` of the service `iot`.
   */
  readonly startCredentialEndpoint: (options?: CredentialEndpointOptions) => Promise<FakeCredentialEndpoint>;
  /** Ends all connections at once and stops listening. Calling it again is harmless. */
  readonly close: () => Promise<void>;
  /** The same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an AWS in this process: STS, IAM and a part of S3 on a free loopback port, over real HTTP.
 *
 * It verifies signatures and session tokens, enforces trust policies, permissions, MFA and the limits of AssumeRole with
 * the error codes of AWS, and issues credentials that expire by a virtual clock. An operation that it does not know is
 * refused with `InvalidAction`. The server holds no process open. The package README has the table of what is enforced.
 *
 * @throws {@link FakeAwsError} `ERR_BSM_OPTION_INVALID` for an option that cannot be used, before anything is started.
 * @example
 * ```ts
 * const aws = await startFakeAws();
 * const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
 * const role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });
 *
 * const sts = new STSClient(aws.clientConfig(alice));
 * await sts.send(new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: 'release-42' }));
 * aws.clock.advance(3_600_000); // those credentials have expired
 *
 * await aws.close();
 * ```
 */
export async function startFakeAws(options: FakeAwsOptions = {}): Promise<FakeAws> {
  checkOptions<FakeAwsOptions>(options, {
    startAt: date(),
    realTime: boolean(),
    credentialLifetimeMs: number(1000),
    accounts: list(),
    roles: list(),
    users: list(),
  });
  const clock = createVirtualClock({ startAt: options.startAt, realTime: options.realTime });
  const world = createWorld(clock.now, options.credentialLifetimeMs);
  populate(world, options);

  const faults = createFaults();
  const recorder = createRecorder();
  const server = await startServer(world, faults, recorder);
  const endpoints: FakeCredentialEndpoint[] = [];
  async function close(): Promise<void> {
    await Promise.all([server, ...endpoints].map((running) => running.close()));
  }
  return {
    endpoint: server.endpoint,
    clock,
    requests: recorder.requests,
    count: recorder.count,
    received: (operation, count = 1) => recorder.received(operation, count),
    addAccount: (account) => addAccount(world, account),
    addUser: (user) => addUser(world, user),
    addRole: (role) => addRole(world, role),
    addFederatedUser: (user) => addFederatedUser(world, user),
    addMfaDevice(user, device = {}) {
      checkOptions<typeof device>(device, { serialNumber: mfaSerialRule() });
      return addMfaDevice(world, findUser(world, user), device.serialNumber ?? true, 'serialNumber');
    },
    addIdentityProvider: (provider) => addIdentityProvider(world, provider),
    addSamlProvider: (provider) => addSamlProvider(world, provider),
    fault: faults.add,
    clientConfig: (principal, config) => clientConfig(world, server.endpoint, principal, config),
    async startCredentialEndpoint(endpoint) {
      const started = await startCredentialEndpoint({ world, faults, recorder }, endpoint);
      endpoints.push(started);
      return started;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function populate(world: World, { accounts = [], users = [], roles = [] }: FakeAwsOptions): void {
  for (const [index, account] of accounts.entries()) addAccount(world, account, `accounts[${index}].`);
  for (const [index, user] of users.entries()) addUser(world, user, `users[${index}].`);
  for (const [index, role] of roles.entries()) addRole(world, role, `roles[${index}].`);
}

function findUser(world: World, user: FakeUser | string): Parameters<typeof addMfaDevice>[1] {
  const principal = world.principals.get(typeof user === 'string' ? user : user.arn);
  if (principal?.type !== 'user' || principal.deleted) throw new FakeAwsError('user', 'is not a user of this fake AWS');
  return principal;
}
