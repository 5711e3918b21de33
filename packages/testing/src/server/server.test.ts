import { ListUsersCommand } from '@aws-sdk/client-iam';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, GetFederationTokenCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { FakeClientConfig } from '../client-config.js';
import { assume, iam, refusal, s3, sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';

let aws: FakeAws;
let config: FakeClientConfig;

beforeEach(async () => {
  aws = await startFakeAws({ users: [{ accountId: '111122223333', userName: 'alice', mfaSerial: 'GAHT12345678' }] });
  config = aws.clientConfig('arn:aws:iam::111122223333:user/alice');
});

afterEach(() => aws.close());

const post = (body: string): Promise<Response> =>
  fetch(aws.endpoint, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });

describe('what it does not know', () => {
  it.each<[string, () => Promise<unknown>, string]>([
    [
      'of STS',
      () => sts(config).send(new GetFederationTokenCommand({ Name: 'Bob' })),
      'Could not find operation GetFederationToken for version 2011-06-15',
    ],
    [
      'of IAM',
      () => iam(config).send(new ListUsersCommand({})),
      'Could not find operation ListUsers for version 2010-05-08',
    ],
    [
      'of S3',
      () => s3({ ...config, forcePathStyle: true } as never).send(new GetObjectCommand({ Bucket: 'b', Key: 'k' })),
      'Could not find operation GET /bucket/key for version NO_VERSION_SPECIFIED',
    ],
  ])('an operation %s is InvalidAction', async (_, act, message) => {
    expect(await refusal(act())).toEqual({ code: 'InvalidAction', status: 400, message });
  });

  test('an operation of another service', async () => {
    const response = await fetch(aws.endpoint, {
      method: 'POST',
      body: '{}',
      headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' },
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      { __type: 'InvalidAction', message: expect.stringContaining('ListTables') },
    ]);
    expect(aws.count('ListTables')).toBe(1);
  });

  test('an operation under another version', async () => {
    const text = await (await post('Action=AssumeRole&Version=2010-05-08')).text();
    expect(text).toContain(
      '<Code>InvalidAction</Code><Message>Could not find operation AssumeRole for version 2010-05-08<',
    );
  });

  test('a form without an action', async () => {
    expect(await (await post('Version=2011-06-15')).text()).toContain('<Code>MissingAction</Code>');
  });
});

describe('the wire', () => {
  test('an error of STS', async () => {
    const response = await post('Action=GetCallerIdentity&Version=2011-06-15');
    const id = response.headers.get('x-amzn-requestid');
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('text/xml');
    expect(Math.abs(Date.parse(response.headers.get('date')!) - Date.now())).toBeLessThan(60_000);
    expect(await response.text()).toBe(
      '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
        '<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message></Error>' +
        `<RequestId>${id}</RequestId></ErrorResponse>`,
    );
  });

  test('an error of S3', async () => {
    const response = await fetch(aws.endpoint);
    const id = response.headers.get('x-amz-request-id');
    expect(response.status).toBe(403);
    expect(await response.text()).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message>' +
        `<RequestId>${id}</RequestId><HostId>fake-aws</HostId></Error>`,
    );
  });

  test('text of the caller is escaped', async () => {
    const text = await (await post(`Action=${encodeURIComponent('<a href="x">&\u0007')}&Version=2011-06-15`)).text();
    expect(text).toContain('Could not find operation &lt;a href=&quot;x&quot;&gt;&amp;? for version');
  });

  test('a body beyond all reason', async () => {
    expect((await post('x'.repeat(1_000_001))).status).toBe(413);
  });
});

describe('what is recorded', () => {
  test('a request and its answer', async () => {
    await sts(config).send(new GetCallerIdentityCommand({}));
    expect(aws.requests).toEqual([
      {
        operation: 'GetCallerIdentity',
        service: 'sts',
        principalArn: 'arn:aws:iam::111122223333:user/alice',
        accessKeyId: config.credentials.accessKeyId,
        region: 'us-east-1',
        params: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
        userAgent: expect.stringContaining('aws-sdk-js'),
        time: aws.clock.now(),
        status: 200,
        errorCode: undefined,
      },
    ]);
  });

  test('codes and external ids only as stars', async () => {
    await refusal(
      assume(config, {
        RoleArn: 'arn:aws:iam::111122223333:role/x',
        ExternalId: 'between-us',
        SerialNumber: 'GAHT12345678',
        TokenCode: '123456',
      }),
    );
    expect(aws.requests[0]?.params).toMatchObject({
      ExternalId: '***',
      TokenCode: '***',
      SerialNumber: 'GAHT12345678',
    });
    const everything = JSON.stringify(aws.requests);
    for (const secret of ['between-us', '123456"', config.credentials.secretAccessKey])
      expect(everything).not.toContain(secret);
  });

  test('a caller that nobody knows', async () => {
    await post('Action=GetCallerIdentity&Version=2011-06-15');
    expect(aws.requests[0]).toMatchObject({
      principalArn: undefined,
      accessKeyId: undefined,
      status: 403,
      errorCode: 'MissingAuthenticationToken',
    });
  });

  test('received resolves at once when there are enough already', async () => {
    await sts(config).send(new GetCallerIdentityCommand({}));
    await aws.received('GetCallerIdentity');
    expect(aws.count('GetCallerIdentity')).toBe(1);
  });
});

describe('close', () => {
  const sockets = (): string[] => process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'));

  test('ends every connection at once, whatever it waits for, and leaves nothing open', async () => {
    const before = sockets();
    const own = await startFakeAws({ users: [{ accountId: '111122223333', userName: 'bob' }] });
    const bob = own.clientConfig('arn:aws:iam::111122223333:user/bob');
    own.fault({ kind: 'hang', times: 1 });
    own.fault({ kind: 'delay', ms: 60_000, after: 1, times: 1 });
    own.fault({ kind: 'trickle', everyMs: 60_000, after: 2, times: 1 });
    const calls = [1, 2, 3].map(() => refusal(sts(bob).send(new GetCallerIdentityCommand({}))));
    await own.received('GetCallerIdentity', 3);
    await Promise.all([own.close(), own.close()]);
    for (const answer of await Promise.all(calls))
      expect(`${answer?.code} ${answer?.message}`).toMatch(/ECONNRESET|hang up|aborted/);
    expect(await refusal(sts(bob).send(new GetCallerIdentityCommand({})))).toMatchObject({
      code: expect.stringMatching(/ECONNREFUSED|Error/),
    });
    await own[Symbol.asyncDispose]();
    await vi.waitFor(() => expect(sockets()).toEqual(before));
  });

  test('ends the waiting for requests that did not come', async () => {
    const own = await startFakeAws();
    const message = (wanted: number) => `The fake AWS was closed when 0 of ${wanted} AssumeRole had arrived.`;
    const early = expect(own.received('AssumeRole', 2)).rejects.toThrow(message(2));
    void own.received('AssumeRole');
    await own.close();
    await early;
    await expect(own.received('AssumeRole')).rejects.toThrow(message(1));
  });

  test('leaves what has arrived as it is', async () => {
    await sts(config).send(new GetCallerIdentityCommand({}));
    await aws.close();
    await expect(aws.received('GetCallerIdentity')).resolves.toBeUndefined();
  });

  test('a server that nobody closes holds no process open', () => {
    expect(process.getActiveResourcesInfo()).not.toContain('TCPServerWrap');
  });
});
