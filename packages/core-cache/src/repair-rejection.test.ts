import { Readable } from 'node:stream';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { describe, expect, test } from 'vitest';
import { createSession, type RefreshOptions, type Session } from './index.js';
import { silentLogger } from './silent-logger.js';

interface Source {
  readonly session: Session;
  readonly calls: () => number;
}

/** A session whose source issues role credentials; the clock of the session stands still, so that only AWS sees them end. */
function sessionOf(aws: FakeAws, refresh?: RefreshOptions): Source {
  const role = aws.addRole({ accountId: '111122223333', roleName: 'worker' });
  const { region, endpoint } = aws.clientConfig(role);
  const now = aws.clock.now();
  let calls = 0;
  const session = createSession({
    region,
    refresh,
    clientDefaults: { endpoint },
    clock: { now: () => now },
    credentials: async () => {
      calls++;
      return aws.clientConfig(role).credentials;
    },
  });
  return { session, calls: () => calls };
}

const HOUR_MS = 3_600_000;

test('twenty requests whose credentials AWS no longer accepts all succeed with one refresh', async () => {
  await using aws = await startFakeAws();
  const { session, calls } = sessionOf(aws);
  using _ = session;
  const s3 = session.client(S3Client);
  await s3.send(new ListBucketsCommand({}));
  aws.clock.advance(HOUR_MS + 1);

  const answers = await Promise.all(Array.from({ length: 20 }, () => s3.send(new ListBucketsCommand({}))));
  expect(answers.every((answer) => answer.$metadata.httpStatusCode === 200)).toBe(true);
  expect(calls()).toBe(2);
  expect(aws.requests.filter(({ errorCode }) => errorCode === 'ExpiredToken').length).toBeLessThanOrEqual(20);
  s3.destroy();
});

test('a request is sent once more at the most', async () => {
  await using aws = await startFakeAws();
  const { session, calls } = sessionOf(aws, { isCredentialRejection: (error) => (error as Error).name === 'SlowDown' });
  using _ = session;
  const s3 = session.client(S3Client, { maxAttempts: 1 });
  aws.fault({ operation: 'ListBuckets', kind: 'error', status: 403, code: 'SlowDown', message: 'never' });
  await expect(s3.send(new ListBucketsCommand({}))).rejects.toThrow('never');
  expect(aws.count('ListBuckets')).toBe(2);
  expect(calls()).toBe(2);
  s3.destroy();
});

test.each(['AccessDenied', 'SignatureDoesNotMatch'])('%s is no rejection of the credentials', async (code) => {
  await using aws = await startFakeAws();
  const { session, calls } = sessionOf(aws);
  using _ = session;
  const s3 = session.client(S3Client, { maxAttempts: 1 });
  aws.fault({ operation: 'ListBuckets', kind: 'error', status: 403, code, message: 'no' });
  await expect(s3.send(new ListBucketsCommand({}))).rejects.toThrow('no');
  expect(aws.count('ListBuckets')).toBe(1);
  expect(calls()).toBe(1);
  s3.destroy();
});

test('a stream is never sent twice, but the next request has new credentials', async () => {
  await using aws = await startFakeAws();
  const { session, calls } = sessionOf(aws);
  using _ = session;
  const s3 = session.client(S3Client, { maxAttempts: 1, forcePathStyle: true, logger: silentLogger() });
  await s3.send(new ListBucketsCommand({}));
  const mend = aws.fault({ service: 's3', kind: 'error', status: 400, code: 'ExpiredToken', message: 'ended' });

  const upload = new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: Readable.from(['text']), ContentLength: 4 });
  await expect(s3.send(upload)).rejects.toMatchObject({ name: 'ExpiredToken' });
  mend();
  expect(aws.requests.length).toBe(2);
  expect(calls()).toBe(1);
  await s3.send(new ListBucketsCommand({}));
  expect(calls()).toBe(2);
  s3.destroy();
});

test('when no other key can be had, the error of the service stands', async () => {
  await using aws = await startFakeAws();
  const role = aws.addRole({ accountId: '111122223333', roleName: 'worker' });
  const { region, endpoint, credentials } = aws.clientConfig(role);
  const now = aws.clock.now();
  using session = createSession({ region, credentials, clientDefaults: { endpoint }, clock: { now: () => now } });
  const s3 = session.client(S3Client);
  aws.clock.advance(HOUR_MS + 1);
  await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
  expect(aws.count('ListBuckets')).toBe(1);
  s3.destroy();
});

test('a client with credentials of its own is left alone', async () => {
  await using aws = await startFakeAws();
  const { session, calls } = sessionOf(aws);
  using _ = session;
  const role = aws.addRole({ accountId: '111122223333', roleName: 'other' });
  const s3 = session.client(S3Client, { credentials: aws.clientConfig(role).credentials });
  aws.clock.advance(HOUR_MS + 1);
  await expect(s3.send(new ListBucketsCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
  expect(calls()).toBe(0);
  s3.destroy();
});

describe('a client that signs with a copy of its own and does not say so, as in the SDK before 2024', () => {
  type Provider = Session['credentials'];
  type Send = (args: object) => Promise<unknown>;
  type Middleware = (next: Send, context: object) => Send;

  /** What AWS accepts is `accepted`; the client keeps the first credentials that it gets until it is made to ask again. */
  class CopyingClient {
    static accepted = 'key1';
    static sent: (string | undefined)[] = [];
    readonly config: { readonly credentials: (options?: { forceRefresh?: boolean }) => ReturnType<Provider> };
    #send: Send = async (_args) => {
      const { accessKeyId } = await this.config.credentials();
      CopyingClient.sent.push(accessKeyId);
      if (accessKeyId !== CopyingClient.accepted) throw Object.assign(new Error('ended'), { name: 'ExpiredToken' });
      return accessKeyId;
    };
    readonly middlewareStack = {
      add: (middleware: Middleware) => {
        this.#send = middleware(this.#send, {});
      },
    };

    constructor({ credentials }: { credentials: Provider }) {
      let copy: ReturnType<Provider> | undefined;
      this.config = {
        credentials: (options) => {
          if (options?.forceRefresh || !copy) copy = credentials();
          return copy;
        },
      };
    }

    send(): Promise<unknown> {
      return this.#send({});
    }
  }

  function copyingClient(keys: readonly string[]): { session: Session; client: CopyingClient; calls: () => number } {
    Object.assign(CopyingClient, { accepted: 'key1', sent: [] });
    let calls = 0;
    const session = createSession({
      region: 'eu-west-1',
      credentials: async () => ({
        accessKeyId: keys[Math.min(calls++, keys.length - 1)] as string,
        secretAccessKey: 'secret',
        expiration: new Date(Date.now() + HOUR_MS),
      }),
    });
    return { session, client: session.client(CopyingClient as never) as CopyingClient, calls: () => calls };
  }

  test('the rejected copy is renewed once for all callers', async () => {
    const { session, client, calls } = copyingClient(['key1', 'key2', 'key3']);
    using _ = session;
    await client.send();
    CopyingClient.accepted = 'key2';
    expect(await Promise.all([client.send(), client.send(), client.send()])).toEqual(['key2', 'key2', 'key2']);
    expect(calls()).toBe(2);
  });

  test('credentials that were renewed meanwhile are not thrown away with it', async () => {
    const { session, client, calls } = copyingClient(['key1', 'key2', 'key3']);
    using _ = session;
    await client.send();
    await session.credentials.refresh();
    CopyingClient.accepted = 'key2';
    expect(await client.send()).toBe('key2');
    expect(calls()).toBe(2);
  });

  test('nothing is sent again when there is no other key', async () => {
    const { session, client } = copyingClient(['key1']);
    using _ = session;
    await client.send();
    CopyingClient.accepted = 'none';
    await expect(client.send()).rejects.toThrow('ended');
    expect(CopyingClient.sent).toEqual(['key1', 'key1']);
  });
});
