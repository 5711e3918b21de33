import {
  type AssumeRoleOptions,
  type AssumeRoleWithSamlOptions,
  type AssumeRoleWithWebIdentityOptions,
  assumeRole,
  assumeRoleChain,
  assumeRoleWithSaml,
  assumeRoleWithWebIdentity,
  type GetSessionTokenOptions,
  getSessionToken,
} from '@bsm/assume-role';
import {
  assertOption,
  type ClientClass,
  type ClientConfig,
  type ClientDefaults,
  type DeriveOptions,
  fromSessionLike,
  isFunction,
  type Session,
  type SessionLike,
  type SessionListener,
  type SessionPrincipal,
  type SharedCredentials,
} from '@bsm/core-cache';
import {
  type CapturedRunResult,
  type ChildEnvOptions,
  type CredentialEnvOptions,
  type CredentialProcessOptions,
  type CredentialServer,
  childEnv,
  credentialEnv,
  credentialProcess,
  type RunOptions,
  type RunResult,
  run,
  type ServeCredentialsOptions,
  serveCredentials,
  type WithEnvOptions,
  withEnv,
} from '@bsm/env-scope';
import {
  getAccountAlias,
  getAccountId,
  getPrincipalArn,
  getUserId,
  type IdentityOptions,
  type PrintWhoAmIOptions,
  printWhoAmI,
  type WhoAmI,
  type WhoAmIOptions,
  whoAmI,
} from '@bsm/identity';
import { maskAccountId, maskArn, maskUserId } from '@bsm/masking';
import {
  loadServiceClient,
  type ServiceAliases,
  type ServiceLookup,
  type ServiceName,
  serviceClient,
} from '@bsm/services/names';
import {
  type FromSnapshotFileOptions,
  type FromSnapshotOptions,
  fromSnapshot,
  fromSnapshotFile,
  type Snapshot,
  type SnapshotFile,
  type SnapshotScope,
  type ToSnapshotOptions,
  toSnapshot,
  type WithSnapshotFileOptions,
  type WriteSnapshotFileOptions,
  withSnapshotFile,
  writeSnapshotFile,
} from '@bsm/snapshot';
import { handOn } from './hand-on.js';
import { defineServiceProperties } from './service-properties.js';
import {
  createManagedSession,
  type ManagedSessionOptions,
  type SessionManagerOptions,
} from './session-manager-options.js';
import { type UnderManager, underManager } from './under-manager.js';

/** The name of a service, or another spelling of it. */
type ClientName = ServiceName | keyof ServiceAliases;

/** A class of managers, as its static methods see it. */
type ManagerClass<Manager> = new (options?: SessionManagerOptions) => Manager;

/**
 * One object for one AWS identity and one region, in the style of `BotoSesManager` of boto_session_manager: a {@link Session} with
 * everything else this library does as methods, and a client for every service as a property (`manager.s3Client`).
 *
 * It does no I/O when it is made. It is a session, so every function of the packages takes it. Sessions that come from it
 * (`assumeRole`, `withRegion`, ...) are managers of its class, with its region, client defaults and connection pool; those of a
 * subclass whose constructor takes other arguments come from its own `derive`.
 *
 * Clients by name use the packages that you installed (`@aws-sdk/client-s3`); nothing of them is loaded before the property is
 * read. Their types are those of `bsm/session-manager`, which exports this class with one exactly typed property per service; here
 * they are left out, since naming them makes the compiler read every client that is installed.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for an unknown or ill-typed option, half a key pair, keys beside `credentials`, and beside
 * `session` for every option that it has itself.
 *
 * @example
 * ```ts
 * const manager = new SessionManager({ profile: 'dev', region: 'eu-west-1' });
 * const release = manager.assumeRole({ roleArn: 'arn:aws:iam::123456789012:role/release' });
 * await release.printWhoAmI();
 * ```
 */
export class SessionManager implements Session {
  readonly #session: Session;
  readonly #lookup: ServiceLookup;
  #parent: Session | undefined;
  /** Managers of the same credentials in other regions, by their sessions. */
  #regions = new WeakMap<Session, SessionManager>();

  constructor(options: SessionManagerOptions | ManagedSessionOptions = {}) {
    defineAllProperties();
    this.#session = createManagedSession(options);
    this.#lookup = { resolveFrom: options.resolveFrom, services: options.services };
    // What the session shows of itself, without secrets, and what it shares with its root.
    for (const key of ['toJSON', ...Object.getOwnPropertySymbols(this.#session)]) {
      if (key in this) continue;
      Object.defineProperty(this, key, { configurable: true, value: Reflect.get(this.#session, key) });
    }
  }

  /**
   * Makes a manager of a session, or of anything with credentials and a region. Both share everything: closing one closes the other.
   * A manager of this class is returned as it is.
   *
   * @throws BsmError `ERR_BSM_OPTION_INVALID`.
   */
  static from<Manager extends SessionManager>(this: ManagerClass<Manager>, session: SessionLike): Manager {
    // biome-ignore lint/complexity/noThisInStatic: a subclass makes its own instances.
    if (session instanceof this) return session;
    const lookup = isManager(session) ? session.#lookup : undefined;
    return handOn(fromSessionLike(session), (options) => new this(options), lookup);
  }

  /** Makes a manager of a snapshot; see `fromSnapshot`. */
  static fromSnapshot<Manager extends SessionManager>(
    this: ManagerClass<Manager>,
    snapshot: Snapshot,
    options?: FromSnapshotOptions,
  ): Manager {
    return handOn(fromSnapshot(snapshot, options), (ofSession) => new this(ofSession));
  }

  /** Makes a manager of a snapshot file; see `fromSnapshotFile`. */
  static async fromSnapshotFile<Manager extends SessionManager>(
    this: ManagerClass<Manager>,
    path?: string,
    options?: FromSnapshotFileOptions,
  ): Promise<Manager> {
    return handOn(await fromSnapshotFile(path, options), (ofSession) => new this(ofSession));
  }

  get credentials(): SharedCredentials {
    return this.#session.credentials;
  }

  get region(): () => Promise<string> {
    return this.#session.region;
  }

  get parent(): Session | undefined {
    return this.#parent ?? this.#session.parent;
  }

  get principal(): SessionPrincipal | undefined {
    return this.#session.principal;
  }

  get cache(): Session['cache'] {
    return this.#session.cache;
  }

  get clientDefaults(): ClientDefaults {
    return this.#session.clientDefaults;
  }

  get clientConfig(): Session['clientConfig'] {
    return this.#session.clientConfig;
  }

  client<Class extends ClientClass>(Client: Class, config?: ClientConfig<Class>): InstanceType<Class> {
    return this.#session.client(Client, config);
  }

  resource<T>(key: string | symbol | object, create: (session: this) => T): T {
    assertOption('session.resource', 'create', create, isFunction);
    return this.#session.resource(key, () => create(this));
  }

  /**
   * Makes a manager of the same class: of a session, or from the options of `Session.derive`. Everything that gives another
   * manager comes through here, with a session; a subclass whose constructor takes other arguments overrides it and hands that
   * session on (`super({ session })`). What a constructor adds to the options that it is given here is not looked at, so that
   * `super({ region: 'us-west-2', ...options })` is the region of managers that you make, and of none that come from them.
   */
  derive(from: Session | DeriveOptions): this {
    if (isSession(from)) {
      const Manager = this.constructor as ManagerClass<this>;
      return handOn(from, (options) => new Manager(options), this.#lookup);
    }
    const session = this.#session.derive(from);
    const derived = handOn(session, () => this.derive(session));
    derived.#parent = this;
    return derived;
  }

  withRegion(region: string): this {
    const session = this.#session.withRegion(region);
    const known = this.#regions.get(session);
    if (known) return known as this;
    const manager = handOn(session, () => this.derive(session));
    manager.#parent = this.#parent;
    manager.#regions = this.#regions;
    this.#regions.set(session, manager);
    return manager;
  }

  isExpired(deltaSeconds?: number): boolean {
    return this.#session.isExpired(deltaSeconds);
  }

  clearCache(): void {
    this.#session.clearCache();
  }

  subscribe(listener: SessionListener): () => void {
    return this.#session.subscribe(listener);
  }

  close(): void {
    this.#session.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Gives the client of a service: that of `client(S3Client)` for `'s3'`, the class taken from the package that you installed.
   *
   * @throws BsmError `ERR_BSM_PEER_MISSING` with the command that installs it, and what `serviceClient` throws.
   */
  getClient(name: ClientName, config?: object): object {
    return serviceClient(this, name, config, this.#lookup);
  }

  /** The same through `import()`, for packages that are only ES modules and for bundles. */
  loadClient(name: ClientName, config?: object): Promise<object> {
    return loadServiceClient(this, name, config, this.#lookup);
  }

  /** Returns what `create` made for the key: `resource` under the name that boto_session_manager gives it. */
  getResource<T>(key: string | symbol | object, create: (session: this) => T): T {
    return this.resource(key, create);
  }

  accountId(options?: IdentityOptions): Promise<string> {
    return getAccountId(this, options);
  }

  userId(options?: IdentityOptions): Promise<string> {
    return getUserId(this, options);
  }

  principalArn(options?: IdentityOptions): Promise<string> {
    return getPrincipalArn(this, options);
  }

  accountAlias(options?: IdentityOptions): Promise<string | undefined> {
    return getAccountAlias(this, options);
  }

  async maskedAccountId(options?: IdentityOptions): Promise<string> {
    return maskAccountId(await this.accountId(options));
  }

  async maskedUserId(options?: IdentityOptions): Promise<string> {
    return maskUserId(await this.userId(options));
  }

  async maskedPrincipalArn(options?: IdentityOptions): Promise<string> {
    return maskArn(await this.principalArn(options));
  }

  whoAmI(options?: WhoAmIOptions): Promise<WhoAmI> {
    return whoAmI(this, options);
  }

  printWhoAmI(options?: PrintWhoAmIOptions): Promise<void> {
    return printWhoAmI(this, options);
  }

  /** Assumes a role when credentials are first needed; see `assumeRole`. */
  assumeRole(options: AssumeRoleOptions): this {
    return assumeRole(this, options) as this;
  }

  assumeRoleChain(hops: readonly AssumeRoleOptions[]): this {
    return assumeRoleChain(this, hops) as this;
  }

  getSessionToken(options?: GetSessionTokenOptions): this {
    return getSessionToken(this, options) as this;
  }

  /** Uses no credentials of this manager, only the rest of it, as every session that comes from it does; see `assumeRoleWithWebIdentity`. */
  assumeRoleWithWebIdentity(options: UnderManager<AssumeRoleWithWebIdentityOptions>): this {
    return assumeRoleWithWebIdentity(underManager(this, 'assumeRoleWithWebIdentity', options)) as this;
  }

  /** Uses no credentials of this manager, only the rest of it, as every session that comes from it does; see `assumeRoleWithSaml`. */
  assumeRoleWithSaml(options: UnderManager<AssumeRoleWithSamlOptions>): this {
    return assumeRoleWithSaml(underManager(this, 'assumeRoleWithSaml', options)) as this;
  }

  credentialEnv(options?: CredentialEnvOptions): Promise<Record<string, string>> {
    return credentialEnv(this, options);
  }

  childEnv(base?: NodeJS.ProcessEnv, options?: ChildEnvOptions): Promise<NodeJS.ProcessEnv> {
    return childEnv(this, base, options);
  }

  credentialProcess(options?: CredentialProcessOptions): Promise<string> {
    return credentialProcess(this, options);
  }

  /** Puts the credentials into `process.env` while `fn` runs; see `withEnv`, and why `run` is the better way. */
  withAwsCli<T>(fn: (manager: this) => T | Promise<T>, options?: WithEnvOptions): Promise<T> {
    assertOption('withAwsCli', 'fn', fn, isFunction);
    return withEnv(this, () => fn(this), options);
  }

  /** Runs a command as this identity; see `run`. */
  run(
    command: string,
    args: readonly string[] | undefined,
    options: RunOptions & { readonly stdio: 'pipe' },
  ): Promise<CapturedRunResult>;
  run(command: string, args?: readonly string[], options?: RunOptions): Promise<RunResult>;
  run(command: string, args?: readonly string[], options?: RunOptions): Promise<RunResult> {
    return run(this, command, args, options);
  }

  serveCredentials(options?: ServeCredentialsOptions): Promise<CredentialServer> {
    return serveCredentials(this, options);
  }

  toSnapshot(options?: ToSnapshotOptions): Promise<Snapshot> {
    return toSnapshot(this, options);
  }

  writeSnapshotFile(path: string, options?: WriteSnapshotFileOptions): Promise<SnapshotFile> {
    return writeSnapshotFile(this, path, options);
  }

  withSnapshotFile<T>(
    fn: (path: string, context: SnapshotScope) => T | Promise<T>,
    options?: WithSnapshotFileOptions,
  ): Promise<T> {
    return withSnapshotFile(this, fn, options);
  }
}

// Outside of the class: one that speaks of itself by name is given another name by the build.
function defineAllProperties(): void {
  defineServiceProperties(SessionManager.prototype);
}

function isManager(session: SessionLike): session is SessionManager {
  return session instanceof SessionManager;
}

function isSession(from: Session | DeriveOptions): from is Session {
  return typeof (from as Partial<Session> | undefined)?.derive === 'function';
}
