import { Agent } from 'node:http';
import { GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test, vi } from 'vitest';
import { createConnectionPool } from './connection-pool.js';
import { createSession } from './create-session.js';
import { caught } from './fixtures/caught.js';
import { gate } from './fixtures/gate.js';
import { answerNoBuckets, startS3Server } from './fixtures/s3-server.js';
import { createCountingSource } from './fixtures/sources.js';
import { fromSessionLike } from './from-session-like.js';
import { internalClientConfig } from './internal-client-config.js';
import type { PoolOptions } from './pool-options.js';
import type { Session } from './session.js';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
const list = new ListBucketsCommand({});

function make(endpoint: string, options: { pool?: PoolOptions; clientDefaults?: object } = {}): Session {
  const { pool, clientDefaults } = options;
  return createSession({
    credentials: keys,
    region: 'eu-west-1',
    pool,
    clientDefaults: { endpoint, forcePathStyle: true, ...clientDefaults },
  });
}

/** Sends so many requests at once. */
const sendAtOnce = (client: S3Client, count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, () => client.send(list)));

test('50 clients one after another, 8 requests in flight each: 8 connections, where the SDK alone opens 400', async () => {
  let held: (() => void)[] = [];
  // Answers when eight are there, so that eight are under way at once.
  await using server = await startS3Server((response) => {
    held.push(() => answerNoBuckets(response));
    if (held.length < 8) return;
    for (const answer of held) answer();
    held = [];
  });
  using session = make(server.endpoint);
  for (let index = 0; index < 50; index++) {
    await sendAtOnce(session.client(S3Client, { customUserAgent: `client-${index}` }), 8);
  }
  expect(session.cache.clients.size).toBe(50);
  expect(server.opened()).toBe(8);

  const alone = Array.from(
    { length: 50 },
    () => new S3Client({ credentials: keys, region: 'eu-west-1', endpoint: server.endpoint }),
  );
  for (const client of alone) await sendAtOnce(client, 8);
  expect(server.opened()).toBe(8 + 400);
  for (const client of alone) client.destroy();
}, 60_000);

test('destroy() of one client harms none of 20 others with requests in flight', async () => {
  const answers = gate();
  await using server = await startS3Server(async (response) => {
    await answers.passed;
    answerNoBuckets(response);
  });
  using session = make(server.endpoint);
  const clients = Array.from({ length: 20 }, (_, index) => session.client(S3Client, { customUserAgent: `${index}` }));
  const underWay = Promise.all(clients.map((client) => client.send(list)));
  await server.arrived(20);
  session.client(S3Client).destroy();
  clients[0]?.destroy();
  answers.open();
  expect(await underWay).toHaveLength(20);
  expect(server.opened()).toBe(20);
  await clients[0]?.send(list);
});

describe('the same connections serve', () => {
  test.each<[name: string, other: (session: Session) => Session]>([
    ['another region', (session) => session.withRegion('us-east-1')],
    ['a child', (session) => session.derive({ credentials: createCountingSource() })],
    [
      'a region of a grandchild',
      (session) => session.derive({ credentials: keys }).derive({ credentials: keys }).withRegion('us-east-1'),
    ],
    [
      'the session with a cache that was cleared',
      (session) => {
        session.clearCache();
        return session;
      },
    ],
  ])('%s', async (_name, other) => {
    await using server = await startS3Server();
    using session = make(server.endpoint);
    await session.client(S3Client).send(list);
    await other(session).client(S3Client).send(list);
    expect(server.opened()).toBe(1);
  });

  test('clients that packages make for themselves', async () => {
    await using server = await startS3Server();
    using session = make(server.endpoint);
    await session.client(S3Client).send(list);
    const own = new S3Client(internalClientConfig(session.derive({ credentials: keys })));
    await own.send(list);
    own.destroy();
    await session.client(S3Client).send(list);
    expect(server.opened()).toBe(1);
  });
});

test('an evicted client goes on, also with what it has under way', async () => {
  const answers = gate();
  await using server = await startS3Server(async (response) => {
    await answers.passed;
    answerNoBuckets(response);
  });
  using session = createSession({
    credentials: keys,
    region: 'eu-west-1',
    clientCache: { maxSize: 1 },
    clientDefaults: { endpoint: server.endpoint },
  });
  const first = session.client(S3Client);
  const underWay = first.send(list);
  await server.arrived(1);
  session.client(S3Client, { maxAttempts: 1 });
  expect(session.cache.clients.evictions).toBe(1);
  session.clearCache();
  answers.open();
  await underWay;
  await first.send(list);
});

describe('close', () => {
  test('of a child or of another region leaves the connections to the others', async () => {
    await using server = await startS3Server();
    using session = make(server.endpoint);
    const child = session.derive({ credentials: keys });
    const sibling = session.withRegion('us-east-1');
    for (const each of [session, child, sibling]) await each.client(S3Client).send(list);
    child.close();
    sibling.close();
    await session.client(S3Client).send(list);
    expect([server.opened(), server.open()]).toEqual([1, 1]);
  });

  test('of the root ends all connections, and what is under way or waits for one fails, with no new connection', async () => {
    await using server = await startS3Server(() => {});
    const session = make(server.endpoint, { pool: { maxSockets: 2 } });
    const s3 = session.derive({ credentials: keys }).client(S3Client, { maxAttempts: 3 });
    // Needs nothing of the session but its connections.
    const foreign = session.client(S3Client, { credentials: { ...keys }, region: 'us-east-1', maxAttempts: 3 });
    const underWay = [s3, s3, foreign, foreign].map((client) => caught(() => client.send(list)));
    await server.arrived(2);
    session.close();
    for (const error of await Promise.all(underWay)) expect(error).toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
    await server.openReaches(0);
    expect(await caught(() => foreign.send(list))).toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
    expect(server.opened()).toBe(2);
  });

  test('happens at the end of a scope', async () => {
    await using server = await startS3Server();
    {
      using session = make(server.endpoint);
      await session.client(S3Client).send(list);
      expect(server.open()).toBe(1);
    }
    await server.openReaches(0);
    expect(server.open()).toBe(0);
  });
});

test('idle connections do not keep the process alive', async () => {
  await using server = await startS3Server();
  const sockets = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  const before = sockets();
  const session = make(server.endpoint);
  await session.client(S3Client).send(list);
  // The other end of the connection is the server's.
  await vi.waitFor(() => expect(sockets()).toBe(before + 1));
  expect(server.open()).toBe(1);
  session.close();
});

describe('the pool is not for', () => {
  test('a client with a handler in its configuration, be it an instance or options', async () => {
    await using server = await startS3Server();
    using session = make(server.endpoint);
    await session.client(S3Client).send(list);
    const options = session.client(S3Client, { requestHandler: { requestTimeout: 5_000 } });
    await options.send(list);
    expect(server.opened()).toBe(2);
    const handler = new S3Client({}).config.requestHandler;
    const instance = session.client(S3Client, { requestHandler: handler });
    expect(instance.config.requestHandler).toBe(handler);
    await instance.send(list);
    expect(server.opened()).toBe(3);
    for (const client of [options, instance]) client.destroy();
  });

  test('any client of a session with a handler among its defaults', async () => {
    await using server = await startS3Server();
    using session = make(server.endpoint, { clientDefaults: { requestHandler: { requestTimeout: 5_000 } } });
    const clients = [session.client(S3Client), session.client(S3Client, { maxAttempts: 2 })];
    const own = new S3Client(internalClientConfig(session));
    for (const client of [...clients, own]) await client.send(list);
    expect(server.opened()).toBe(3);
    for (const client of [...clients, own]) client.destroy();
  });

  test('what is like a session: its clients are those of the SDK', () => {
    const session = fromSessionLike({ credentials: keys, region: 'eu-west-1' });
    expect(internalClientConfig(session)).not.toHaveProperty('requestHandler');
  });

  test('clients that were made without the session', async () => {
    await using server = await startS3Server();
    using session = make(server.endpoint);
    await session.client(S3Client).send(list);
    const own = new S3Client({ ...session.clientConfig, endpoint: server.endpoint });
    await own.send(list);
    own.destroy();
    expect(server.opened()).toBe(2);
    expect(session.clientConfig).not.toHaveProperty('requestHandler');
  });
});

describe('options', () => {
  test('maxSockets is the number of connections to one host', async () => {
    await using server = await startS3Server();
    using session = make(server.endpoint, { pool: { maxSockets: 3 } });
    await sendAtOnce(session.client(S3Client), 10);
    expect(server.opened()).toBe(3);
  });

  test('by default there are 200, and `ca` is what the agent trusts', () => {
    const pool = createConnectionPool({ ca: ['one', 'two'] });
    expect(pool.agents()).toMatchObject({ httpAgent: { maxSockets: 200 }, httpsAgent: { maxSockets: 200 } });
    expect(pool.agents()?.httpsAgent.options).toMatchObject({ ca: ['one', 'two'], keepAlive: true });
    expect(createConnectionPool().agents()?.httpsAgent.options).not.toHaveProperty('ca');
    expect(pool.agents()).toBe(pool.agents());
  });

  test('an agent of yours is used, also by many clients, and never destroyed', async () => {
    await using server = await startS3Server();
    const httpAgent = new Agent({ keepAlive: true });
    const destroy = vi.spyOn(httpAgent, 'destroy');
    const session = make(server.endpoint, { pool: { httpAgent } });
    for (const maxAttempts of [1, 2]) {
      const client = session.client(S3Client, { maxAttempts });
      await client.send(list);
      client.destroy();
    }
    expect(server.opened()).toBe(1);
    expect(Object.keys(httpAgent.freeSockets)).toHaveLength(1);
    session.close();
    expect(destroy).not.toHaveBeenCalled();
    expect(server.open()).toBe(1);
    destroy.mockRestore();
    httpAgent.destroy();
  });

  test('nothing is made where the runtime has no agents', () => {
    const getBuiltinModule = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    expect(createConnectionPool().agents()).toBeUndefined();
    getBuiltinModule.mockRestore();
  });
});

test('a response that is still being read counts as in use', async () => {
  const rest = gate();
  await using server = await startS3Server(async (response) => {
    response.write('begin');
    await rest.passed;
    response.end('end');
  });
  const pool = createConnectionPool();
  const { httpAgent } = pool.agents() ?? {};
  const s3 = new S3Client({
    credentials: keys,
    region: 'eu-west-1',
    endpoint: server.endpoint,
    forcePathStyle: true,
    requestHandler: { httpAgent },
  });
  expect(pool.isInUse()).toBe(false);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'key' }));
  expect(pool.isInUse()).toBe(true);
  rest.open();
  expect(await Body?.transformToString()).toBe('beginend');
  await vi.waitFor(() => expect(pool.isInUse()).toBe(false));
  pool.close();
});
