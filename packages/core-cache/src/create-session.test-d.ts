import { Agent as HttpAgent } from 'node:http';
import { S3, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import {
  createCredentialChain,
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromIni,
  fromInstanceMetadata,
  fromNodeProviderChain,
  fromProcess,
  fromSSO,
  fromTemporaryCredentials,
  fromTokenFile,
  fromWebToken,
} from '@aws-sdk/credential-providers';
import { describe, expectTypeOf, test } from 'vitest';
import {
  type AwsCredentialIdentity,
  type ClientClass,
  createSession,
  createSessionCache,
  createSharedCredentials,
  fromSessionLike,
  isBsmError,
  type Session,
  type SessionCache,
  type SessionCacheOptions,
  type SessionLike,
  type SharedCredentials,
} from './index.js';

type SdkProvider = Extract<NonNullable<S3ClientConfig['credentials']>, (...args: never) => unknown>;
type SdkIdentity = Awaited<ReturnType<SdkProvider>>;

declare const session: Session;
declare const args: { profile: string | undefined; region?: string };

describe('client()', () => {
  test('returns the class that was given', () => {
    expectTypeOf(session.client(S3Client)).toEqualTypeOf<S3Client>();
    expectTypeOf(session.client(S3)).toEqualTypeOf<S3>();
    expectTypeOf(session.client(STSClient, { maxAttempts: 2 })).toEqualTypeOf<STSClient>();
  });

  test('takes the configuration of that class, each part optional', () => {
    session.client(S3Client, { forcePathStyle: true, region: undefined, maxAttempts: undefined });
    session.client(S3Client, { ...session.clientConfig, forcePathStyle: false });
    // @ts-expect-error a misspelt option
    session.client(S3Client, { forcePathStlye: true });
    // @ts-expect-error an option of another client
    session.client(STSClient, { forcePathStyle: true });
    // @ts-expect-error the wrong type
    session.client(S3Client, { forcePathStyle: 'yes' });
    // @ts-expect-error no class of a client
    session.client(class {});
    // @ts-expect-error an instance of a client
    session.client(new S3Client({}));
  });
});

test('the class of one client has a type', () => {
  expectTypeOf<typeof S3Client>().toExtend<ClientClass<S3Client>>();
  expectTypeOf<typeof STSClient>().not.toExtend<ClientClass<S3Client>>();
});

describe('options', () => {
  test('may be undefined, as what a command line gives', () => {
    expectTypeOf(createSession({ profile: args.profile, region: args.region })).toEqualTypeOf<Session>();
    createSession({ clientDefaults: undefined, refresh: undefined, clock: undefined, mfaToken: undefined });
    createSession({ refresh: { eager: undefined, advisoryWindowMs: undefined }, clientCache: { maxSize: undefined } });
  });

  test('that do not exist do not compile', () => {
    // @ts-expect-error misspelt
    createSession({ profil: 'dev' });
    // @ts-expect-error belongs to the session
    createSession({ clientDefaults: { region: 'eu-west-1' } });
    // @ts-expect-error belongs to the session
    createSession({ clientDefaults: { credentials: { accessKeyId: '', secretAccessKey: '' } } });
    // @ts-expect-error half a pair of keys
    createSession({ credentials: { accessKeyId: '' } });
    // @ts-expect-error no such policy
    createSession({ clientCache: { policy: 'fifo' } });
    // @ts-expect-error credentials are needed
    session.derive({});
  });

  test('take every provider of the SDK, shared credentials, and a function whose parameter has a type', () => {
    createSession({ credentials: fromEnv() });
    createSession({ credentials: fromIni({ profile: 'dev' }) });
    createSession({ credentials: fromNodeProviderChain() });
    createSession({ credentials: fromSSO({ profile: 'dev' }) });
    createSession({ credentials: fromProcess() });
    createSession({ credentials: fromTokenFile() });
    createSession({ credentials: fromWebToken({ roleArn: '', webIdentityToken: '' }) });
    createSession({ credentials: fromHttp() });
    createSession({ credentials: fromContainerMetadata() });
    createSession({ credentials: fromInstanceMetadata() });
    createSession({ credentials: fromTemporaryCredentials({ params: { RoleArn: '' } }) });
    createSession({ credentials: createCredentialChain(fromEnv()) });
    createSession({ credentials: createSharedCredentials(fromEnv()) });
    createSession({ credentials: async (request) => ({ accessKeyId: String(request), secretAccessKey: '' }) });
    session.derive({ credentials: async (request) => ({ accessKeyId: String(request), secretAccessKey: '' }) });
    createSession({ credentials: {} as SdkIdentity });
  });
});

describe('what the SDK takes', () => {
  test('shared credentials, wherever it wants credentials', () => {
    expectTypeOf<SharedCredentials>().toExtend<SdkProvider>();
    expectTypeOf<SharedCredentials>().toExtend<NonNullable<S3ClientConfig['credentials']>>();
    expectTypeOf<SharedCredentials>().toExtend<NonNullable<STSClientConfig['credentials']>>();
    expectTypeOf<AwsCredentialIdentity>().toExtend<SdkIdentity>();
    expectTypeOf<SdkIdentity>().toExtend<AwsCredentialIdentity>();
    fromTemporaryCredentials({ params: { RoleArn: '' }, masterCredentials: session.credentials });
  });

  test('clientConfig, spread into any constructor', () => {
    expectTypeOf(session.clientConfig).toExtend<S3ClientConfig>();
    new S3Client({ ...session.clientConfig, forcePathStyle: true });
    new STSClient(session.clientConfig);
    new S3Client({ credentials: session.credentials, region: session.region });
  });
});

test('anything with credentials and a region is like a session', () => {
  expectTypeOf<Session>().toExtend<SessionLike>();
  expectTypeOf<S3Client['config']>().toExtend<SessionLike>();
  expectTypeOf(fromSessionLike({ credentials: fromEnv(), region: 'eu-west-1' })).toEqualTypeOf<Session>();
});

test('resource() has the type of what is made', () => {
  expectTypeOf(session.resource('key', async () => 1)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(session.resource({}, (own) => own.region)).toEqualTypeOf<() => Promise<string>>();
});

describe('createSessionCache', () => {
  test('has the type of the key, and of what is made', async () => {
    const tenants = createSessionCache({ create: (tenant: string) => createSession({ profile: tenant }) });
    expectTypeOf(tenants).toEqualTypeOf<SessionCache<string, Session>>();
    expectTypeOf(tenants.get('a')).toEqualTypeOf<Session>();
    // @ts-expect-error no key of it
    void tenants.get(1);
    const accounts = createSessionCache({ create: async (key: { accountId: string }) => ({ ...session, ...key }) });
    expectTypeOf(accounts.get({ accountId: '1' })).toExtend<Promise<Session & { accountId: string }>>();
    expectTypeOf(await accounts.withSession({ accountId: '1' }, ({ accountId }) => accountId)).toEqualTypeOf<string>();
    createSessionCache<string>({ create: () => session, idleMs: undefined, maxSize: undefined, policy: undefined });
    // @ts-expect-error makes no session
    createSessionCache({ create: () => ({}) });
    // @ts-expect-error makes a promise of no session
    createSessionCache({ create: async () => ({}) });
    // @ts-expect-error misspelt
    createSessionCache({ idle: 1 });
  });

  test('that can make sessions takes another function for a call, which makes the same kind', async () => {
    const tenants = createSessionCache({ create: (_tenant: string) => session });
    expectTypeOf(tenants.get('a', (key) => createSession({ profile: key }))).toEqualTypeOf<Session>();
    expectTypeOf(tenants.get('a', undefined)).toEqualTypeOf<Session>();
    expectTypeOf(await tenants.withSession('a', ({ region }) => region(), createNamed)).toEqualTypeOf<string>();
    // @ts-expect-error a promise, where others get a session
    void tenants.get('a', async () => session);
    // @ts-expect-error makes no session
    void tenants.get('a', () => ({}));
  });

  test('without a create of its own is given one in each call, and returns what that makes', async () => {
    const tenants = createSessionCache();
    expectTypeOf(tenants).toEqualTypeOf<SessionCache>();
    expectTypeOf(createSessionCache({ maxSize: 10, idleMs: 60_000 })).toEqualTypeOf<SessionCache>();
    expectTypeOf(tenants.get('a', () => session)).toEqualTypeOf<Session>();
    expectTypeOf(tenants.get({ id: 1 }, async () => session)).toEqualTypeOf<Promise<Session>>();
    expectTypeOf(tenants.get('a', () => ({ ...session, plan: 'free' })).plan).toEqualTypeOf<string>();
    // The key is handed on with its type.
    void tenants.get({ accountId: '1' }, ({ accountId }) => createSession({ profile: accountId }));
    // @ts-expect-error nothing makes it
    void tenants.get('a');
    // @ts-expect-error nothing makes it
    void tenants.get('a', undefined);
    // @ts-expect-error makes no session
    void tenants.get('a', () => ({}));
    // @ts-expect-error a session is no function
    void tenants.get('a', session);
  });

  test('without a create of its own holds what the call makes', async () => {
    const tenants = createSessionCache<string>({ maxSize: 1 });
    expectTypeOf(await tenants.withSession('a', (own) => own, createNamed)).toEqualTypeOf<Session>();
    const later = async (): Promise<Session & { plan: string }> => ({ ...session, plan: 'free' });
    expectTypeOf(await tenants.withSession('a', ({ plan }) => plan, later)).toEqualTypeOf<string>();
    // @ts-expect-error nothing makes it
    void tenants.withSession('a', (own) => own);
    // @ts-expect-error no key of it
    void tenants.get(1, () => session);
  });

  test('with options that may have a create asks for one in each call', () => {
    const options: SessionCacheOptions<string> = {};
    expectTypeOf(createSessionCache(options)).toEqualTypeOf<SessionCache<string>>();
  });
});

const createNamed = (profile: string): Session => createSession({ profile });

test('a pool takes agents of Node, and certificates as text or bytes', () => {
  createSession({ pool: { maxSockets: 10, ca: ['', new Uint8Array()], httpsAgent: undefined } });
  createSession({ pool: { httpAgent: new HttpAgent() } });
  // @ts-expect-error options of an agent are not an agent
  createSession({ pool: { httpAgent: { maxSockets: 1 } } });
  // @ts-expect-error misspelt
  createSession({ pool: { maxSocket: 1 } });
});

test('isBsmError narrows by code', () => {
  const error: unknown = undefined;
  if (isBsmError(error, 'ERR_BSM_SESSION_CLOSED')) expectTypeOf(error.code).toEqualTypeOf<'ERR_BSM_SESSION_CLOSED'>();
  if (isBsmError(error)) expectTypeOf(error.retryable).toEqualTypeOf<boolean>();
});
