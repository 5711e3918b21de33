import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createConnectionPool } from './connection-pool.js';
import { createSession } from './create-session.js';
import type { Session } from './session.js';

const make = (): Session =>
  createSession({ credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }, region: 'eu-west-1' });

/** Looks as the SDK's handlers do: options, or a function that is asked for them at once. */
class Handler {
  readonly options: Promise<object | undefined>;
  constructor(
    readonly metadata: { handlerProtocol: string },
    given: unknown,
  ) {
    this.options = Promise.resolve(typeof given === 'function' ? (given as () => Promise<object>)() : undefined);
  }
  handle(): void {}
}

/** Makes a class of clients whose handler speaks this protocol. */
function clientClass(handlerProtocol: string, defaultsMode?: unknown) {
  return class Client {
    static made = 0;
    readonly config: { requestHandler: Handler; defaultsMode: unknown };
    constructor(readonly given: { requestHandler?: unknown; defaultsMode?: unknown }) {
      Client.made++;
      const requestHandler = new Handler({ handlerProtocol }, given.requestHandler);
      this.config = { requestHandler, defaultsMode: given.defaultsMode ?? defaultsMode };
    }
    send(): void {}
  };
}

test('clients whose default is HTTP/1.1 get the agents, and are made once', async () => {
  using session = make();
  const Client = clientClass('http/1.1');
  const agents: unknown[] = [];
  for (const maxAttempts of [1, 2]) {
    const options = await session.client(Client, { maxAttempts } as object).config.requestHandler.options;
    agents.push((options as { httpsAgent: unknown }).httpsAgent);
    expect(Object.keys(options ?? {})).toEqual(['httpAgent', 'httpsAgent', 'socketAcquisitionWarningTimeout']);
  }
  expect(agents[0]).toBe(agents[1]);
  expect(Client.made).toBe(2);
});

test('a class whose default is HTTP/2 keeps its own handler: its first client is made twice, the others once', async () => {
  using session = make();
  const Client = clientClass('h2');
  for (const maxAttempts of [1, 2, 3]) {
    const client = session.client(Client, { maxAttempts } as object);
    expect(client.given).not.toHaveProperty('requestHandler');
    expect(await client.config.requestHandler.options).toBeUndefined();
    expect(session.client(Client, { maxAttempts } as object)).toBe(client);
  }
  expect(Client.made).toBe(4);
});

test('a class that takes no options for a handler, as in the SDK before 2024, gets none', () => {
  using session = make();
  class Old {
    constructor(readonly config: { requestHandler?: unknown }) {
      this.config = { requestHandler: new Handler({ handlerProtocol: 'http/1.1' }, undefined), ...config };
    }
    send(): void {}
  }
  expect(session.client(Old).config.requestHandler).toBeInstanceOf(Handler);
});

test('a handler of the user is left as it is, and says nothing about the class', async () => {
  using session = make();
  const Client = clientClass('http/1.1');
  const own = (): Promise<object> => Promise.resolve({ mine: true });
  expect(session.client(Client, { requestHandler: own }).given.requestHandler).toBe(own);
  expect(Client.made).toBe(1);
  expect(await session.client(Client).config.requestHandler.options).toHaveProperty('httpsAgent');
});

describe('the time to connect of the defaults mode', () => {
  test.each<[mode: unknown, connectionTimeout: number | undefined]>([
    ['legacy', undefined],
    ['standard', 3_100],
    ['in-region', 1_100],
    ['cross-region', 3_100],
    ['mobile', 30_000],
    [async () => 'standard', 3_100],
    [() => Promise.reject(new Error('no such mode')), undefined],
    [undefined, undefined],
  ])('%s: %s', async (mode, connectionTimeout) => {
    using session = make();
    const options = await session.client(clientClass('http/1.1', mode)).config.requestHandler.options;
    expect(options).toHaveProperty('httpsAgent');
    expect((options as { connectionTimeout?: number }).connectionTimeout).toBe(connectionTimeout);
  });

  test('is that of the SDK', async () => {
    using session = make();
    const alone = new S3Client({ region: 'eu-west-1', defaultsMode: 'in-region' });
    const pooled = session.client(S3Client, { defaultsMode: 'in-region' });
    const timeoutOf = async ({ config }: S3Client): Promise<unknown> =>
      // Private to the SDK's handler, and the one place where it says so before a request.
      (
        await (config.requestHandler as unknown as { configProvider: Promise<{ connectionTimeout?: number }> })
          .configProvider
      ).connectionTimeout;
    expect(await timeoutOf(pooled)).toBe(await timeoutOf(alone));
    expect(await timeoutOf(pooled)).toBe(1_100);
  });
});

test('the agents that clients get cannot be destroyed, and are agents all the same', async () => {
  const pool = createConnectionPool();
  const { httpAgent, httpsAgent } = pool.agents() ?? {};
  const { Agent } = await import('node:https');
  expect(httpsAgent).toBeInstanceOf(Agent);
  httpsAgent?.destroy();
  httpAgent?.destroy();
  expect(httpAgent?.getName({ host: 'example', port: 80 })).toBe('example:80:');
  pool.close();
});
