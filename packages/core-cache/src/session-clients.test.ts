import { randomUUID } from 'node:crypto';
import { ListBucketsCommand, S3, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';
import { describe, expect, test } from 'vitest';
import { createSession } from './create-session.js';
import { allTextOf } from './fixtures/all-text-of.js';
import { caught } from './fixtures/caught.js';
import { createCountingSource } from './fixtures/sources.js';
import type { Session } from './session.js';
import { stableKey } from './stable-key.js';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };

/** What a client class of the SDK looks like from here, without the milliseconds. */
class Client {
  static made = 0;
  constructor(readonly config: Record<string, unknown>) {
    Client.made++;
  }
  send(): string {
    return 'sent';
  }
}

const make = (options?: Parameters<typeof createSession>[0]): Session =>
  createSession({ credentials: keys, region: 'eu-west-1', ...options });

/** Options whose region is another one each time it is looked at. */
function flickering(...regions: (string | undefined)[]): object {
  return {
    get region() {
      return regions.shift();
    },
  };
}

describe('the same client', () => {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const handler = new (class Handler {})();

  test.each<[name: string, first: object | undefined, second: object | undefined]>([
    ['no configuration', undefined, undefined],
    ['an empty one', undefined, {}],
    ['undefined members', { maxAttempts: undefined }, {}],
    ['another order', { maxAttempts: 2, endpoint: 'http://x' }, { endpoint: 'http://x', maxAttempts: 2 }],
    ['another order further in', { a: { b: 1, c: [{ d: 1, e: 2 }] } }, { a: { c: [{ e: 2, d: 1 }], b: 1 } }],
    ['the region of the session', {}, { region: 'eu-west-1' }],
    ['a default of the session', {}, { maxAttempts: 5 }],
    ['the same handler and logger', { requestHandler: handler, logger }, { logger, requestHandler: handler }],
    ['no prototype', {}, Object.create(null)],
  ])('%s', (_name, first, second) => {
    const session = make({ clientDefaults: { maxAttempts: 5, endpoint: undefined } });
    const client = session.client(Client, first);
    expect(session.client(Client, second)).toBe(client);
    expect(session.cache.clients).toMatchObject({ size: 1, hits: 1, misses: 1, evictions: 0 });
  });

  test('the credentials and the region of the session themselves', () => {
    const session = make({ region: async () => 'eu-west-1' });
    const client = session.client(Client);
    expect(session.client(Client, { credentials: session.credentials })).toBe(client);
    // The SDK would take it for none, and look for some elsewhere.
    expect(session.client(Client, { credentials: null as never, region: null as never })).toBe(client);
    expect(session.client(Client, { ...session.clientConfig })).toBe(client);
    expect(client.config['region']).toBe(session.region);
  });
});

describe('another client', () => {
  test.each<[name: string, config: object]>([
    ['another region', { region: 'us-east-1' }],
    ['another option', { maxAttempts: 3 }],
    ['null, which is a value', { maxAttempts: null }],
    ['0 for false', { tls: 0 }],
    ['a text for a number', { maxAttempts: '5' }],
    ['a handler of its own', { requestHandler: new (class Handler {})() }],
    ['credentials of its own', { credentials: { ...keys } }],
    ['a provider of its own', { credentials: async () => keys }],
    ['a bearer token', { token: { token: 'x' } }],
  ])('%s', (_name, config) => {
    const session = make({ clientDefaults: { maxAttempts: 5, tls: false } });
    const client = session.client(Client);
    const other = session.client(Client, config);
    expect(other).not.toBe(client);
    expect(other.config).toMatchObject(config);
    expect(session.client(Client, config)).toBe(other);
    expect(session.client(Client)).toBe(client);
  });

  test('another class, also of the same name', () => {
    const session = make();
    const twin = {
      Client: class Client extends Object {
        send(): void {}
      },
    }.Client;
    expect(session.client(twin)).not.toBe(session.client(Client));
  });

  test('another session', () => {
    const session = make();
    expect(make().client(Client)).not.toBe(session.client(Client));
    expect(session.withRegion('eu-west-1').client(Client)).not.toBe(session.client(Client));
    expect(session.derive({ credentials: keys }).client(Client)).not.toBe(session.client(Client));
  });
});

describe('a call with a peculiar configuration decides nothing for those that follow', () => {
  test.each<[name: string, peculiar: object]>([
    ['a getter that says something else each time', flickering('us-east-1', 'us-east-2', 'eu-west-3', 'us-west-2')],
    ['a getter that says nothing the last time', flickering('eu-west-3', 'us-west-1', undefined)],
    ['an option that nobody can see', Object.defineProperty({}, 'region', { value: 'eu-west-3' })],
    [
      'a proxy',
      new Proxy({ region: 'us-west-1' }, { get: (_, name) => (name === 'region' ? 'eu-west-3' : undefined) }),
    ],
    ['a symbol as name', { [Symbol('region')]: 'eu-west-3' }],
    ['an option that is inherited', Object.create({ region: 'eu-west-3' })],
  ])('%s', (_name, peculiar) => {
    const session = make();
    session.client(Client, peculiar);
    for (let time = 0; time < 2; time++) {
      expect(session.client(Client, { region: 'eu-west-3' }).config['region']).toBe('eu-west-3');
      expect(session.client(Client, { region: 'us-west-1' }).config['region']).toBe('us-west-1');
      expect(session.client(Client).config['region']).toBe(session.region);
    }
  });
});

test('credentials of a client are neither shared with the session nor kept in a key', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const bob = aws.addUser({ accountId: '444455556666', userName: 'bob' });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  using session = createSession({ credentials, region, clientDefaults: { endpoint } });
  const whoIs = async (client: STSClient): Promise<string | undefined> =>
    (await client.send(new GetCallerIdentityCommand({}))).Arn;

  const ofBob = session.client(STSClient, { credentials: aws.clientConfig(bob).credentials });
  expect(await whoIs(ofBob)).toBe(bob.arn);
  expect(await whoIs(session.client(STSClient))).toBe(alice.arn);
  expect(session.credentials.current?.accessKeyId).toBe(alice.accessKeyId);
  expect(session.principal).toBeUndefined();
  for (const client of [ofBob, session.client(STSClient)]) client.destroy();
});

test('no secret of a configuration is in what the session shows of its cache', () => {
  const secret = randomUUID();
  const session = make();
  session.client(Client, { credentials: { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', secretAccessKey: secret } });
  session.client(Client, { token: { token: secret } });
  expect(allTextOf(session.cache)).not.toContain(secret);
  expect(session.cache.clients.peek(stableKey([Client, {}]))).toBeUndefined();
  expect(session.cache.clients.peek(stableKey([Client, { token: { token: secret } }]))).toBeUndefined();
  const client = session.client(Client);
  expect(session.cache.clients.peek(stableKey([Client, {}]))).toBe(client);
});

test('a constructor that throws makes an error without its words, and nothing is kept', async () => {
  const secret = randomUUID();
  let broken = true;
  class Fragile {
    constructor(readonly config: unknown) {
      if (broken) throw Object.assign(new Error('no such option'), { config, secret });
    }
    send(): void {}
  }
  const session = make();
  const error = await caught(() => session.client(Fragile, { endpoint: secret } as never));
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'config' } });
  expect((error as Error).cause).toMatchObject({ message: 'no such option' });
  expect(allTextOf(error)).not.toContain(secret);
  expect(session.cache.clients.size).toBe(0);
  broken = false;
  expect(session.client(Fragile)).toBe(session.client(Fragile));
});

test('a class of commands and methods in one works too', () => {
  using session = make();
  const s3 = session.client(S3, { forcePathStyle: true });
  expect(s3).toBeInstanceOf(S3Client);
  expect('listBuckets' in s3).toBe(true);
  expect(session.client(S3, { forcePathStyle: true })).toBe(s3);
  expect(session.client(S3Client, { forcePathStyle: true })).not.toBe(s3);
  s3.destroy();
});

test('the limits of the cache are those of the session', () => {
  const session = make({ clientCache: { maxSize: 1 } });
  const first = session.client(Client);
  session.client(Client, { maxAttempts: 2 });
  expect(session.cache.clients).toMatchObject({ size: 1, evictions: 1 });
  expect(session.client(Client)).not.toBe(first);
});

describe('plain clients of the SDK share one call of the source', () => {
  const NEVER_ASKED_TWICE: Record<string, (session: Session) => S3ClientConfig> = {
    'given session.credentials': ({ credentials, region }) => ({ credentials, region }),
    'given session.clientConfig': ({ clientConfig }) => clientConfig,
    'that keep a copy of their own, since `memoized` is false': ({ credentials, region }) => {
      credentials.memoized = false;
      return { credentials, region };
    },
    'that keep a copy of their own, since `memoized` is gone': ({ credentials, region }) => {
      delete credentials.memoized;
      return { credentials, region };
    },
    'that wrap the provider': ({ credentials, region }) => ({ region, credentials: (options) => credentials(options) }),
  };

  test.each(Object.entries(NEVER_ASKED_TWICE))('%s', async (_name, configOf) => {
    await using aws = await startFakeAws();
    const role = aws.addRole({ accountId: '111122223333', roleName: 'worker' });
    const { credentials, region, endpoint } = aws.clientConfig(role);
    const source = createCountingSource(credentials);
    using session = createSession({ credentials: source, region });
    const clients = Array.from({ length: 5 }, () => new S3Client({ ...configOf(session), endpoint }));
    await Promise.all(clients.flatMap((s3) => [1, 2, 3].map(() => s3.send(new ListBucketsCommand({})))));
    expect(source.calls()).toBe(1);
    expect(aws.count('ListBuckets')).toBe(15);
    for (const client of clients) client.destroy();
  });

  test('and clients that ask on every signature see a renewed key at once', async () => {
    await using aws = await startFakeAws();
    const role = aws.addRole({ accountId: '111122223333', roleName: 'worker' });
    const { region, endpoint } = aws.clientConfig(role);
    using session = createSession({ credentials: async () => aws.clientConfig(role).credentials, region });
    const s3 = new S3Client({ ...session.clientConfig, endpoint });
    await s3.send(new ListBucketsCommand({}));
    await session.credentials.refresh();
    await s3.send(new ListBucketsCommand({}));
    expect(aws.requests[1]?.accessKeyId).toBe(session.credentials.current?.accessKeyId);
    expect(aws.requests[0]?.accessKeyId).not.toBe(aws.requests[1]?.accessKeyId);
    s3.destroy();
  });
});

test('the SDK may write to the credentials of a session, and what the user gave stays as it was', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  const given = Object.freeze({ ...credentials });
  using session = createSession({ credentials: given, region, clientDefaults: { endpoint } });
  const sts = session.client(STSClient);
  await sts.send(new GetCallerIdentityCommand({}));
  expect(Object.isFrozen(await session.credentials())).toBe(false);
  expect(Object.keys(given)).toEqual(Object.keys(credentials));
  sts.destroy();
});
