import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { FakeClientConfig } from '../client-config.js';
import { createGate } from '../fixtures/gate.js';
import { assume, refusal, s3, sessionOf, sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';
import type { FaultRule } from './fault-rule.js';

let aws: FakeAws;
let config: FakeClientConfig;
const RoleArn = 'arn:aws:iam::111122223333:role/deploy';

beforeEach(async () => {
  aws = await startFakeAws({
    users: [{ accountId: '111122223333', userName: 'alice' }],
    roles: [{ accountId: '111122223333', roleName: 'deploy' }],
  });
  config = aws.clientConfig('arn:aws:iam::111122223333:user/alice');
});

afterEach(() => aws.close());

const whoAmI = () => refusal(sts(config).send(new GetCallerIdentityCommand({})));

/** The answer to an AssumeRole as it comes over the wire, with the time that it took. */
async function rawAssume(): Promise<{ status: number; text: string; date: string | null }> {
  const client = sts(config);
  let captured: { headers: Record<string, string>; body: string } | undefined;
  client.middlewareStack.add(
    () => (args) => {
      captured = args.request as never;
      return Promise.reject(new Error('not sent'));
    },
    { step: 'finalizeRequest', priority: 'low', name: 'capture' },
  );
  await client.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'raw' })).catch(() => {});
  const { host: _, ...headers } = captured!.headers;
  const response = await fetch(`${aws.endpoint}/`, { method: 'POST', headers, body: captured!.body });
  return { status: response.status, text: await response.text(), date: response.headers.get('date') };
}

describe('each kind', () => {
  test('delay: the answer leaves later', async () => {
    aws.fault({ kind: 'delay', ms: 30 });
    const order: string[] = [];
    const slow = whoAmI().then(() => order.push('answer'));
    await aws.received('GetCallerIdentity');
    expect(aws.requests[0]?.status).toBeUndefined();
    order.push('arrived');
    await slow;
    expect(order).toEqual(['arrived', 'answer']);
    expect(aws.requests[0]?.status).toBe(200);
  });

  test('gate: the answer leaves when the promise settles, whichever way', async () => {
    const gate = createGate();
    aws.fault({ kind: 'gate', until: gate.promise });
    const calls = [whoAmI(), whoAmI(), whoAmI()];
    await aws.received('GetCallerIdentity', 3);
    expect(aws.requests.map(({ status }) => status)).toEqual([undefined, undefined, undefined]);
    gate.fail(new Error('opened all the same'));
    expect(await Promise.all(calls)).toEqual([undefined, undefined, undefined]);
  });

  test('hang: no answer until the client gives up', async () => {
    aws.fault({ kind: 'hang' });
    const abort = new AbortController();
    const call = refusal(sts(config).send(new GetCallerIdentityCommand({}), { abortSignal: abort.signal }));
    await aws.received('GetCallerIdentity');
    abort.abort();
    expect(await call).toMatchObject({ code: 'AbortError' });
    expect(aws.requests[0]?.status).toBeUndefined();
  });

  test('trickle: the body comes in pieces', async () => {
    aws.fault({ kind: 'trickle', bytes: 200, everyMs: 1 });
    expect(await whoAmI()).toBeUndefined();
  });

  test('trickle ends when the client leaves', async () => {
    aws.fault({ kind: 'trickle', everyMs: 5 });
    const abort = new AbortController();
    const call = refusal(sts(config).send(new GetCallerIdentityCommand({}), { abortSignal: abort.signal }));
    await aws.received('GetCallerIdentity');
    abort.abort();
    expect(await call).toMatchObject({ code: 'AbortError' });
  });

  it.each<[string, FaultRule, { code: string; status: number; message: string }]>([
    ['throttle', { kind: 'throttle' }, { code: 'Throttling', status: 400, message: 'Rate exceeded' }],
    [
      'throttle with a code',
      { kind: 'throttle', code: 'RequestLimitExceeded', message: 'Slow' },
      { code: 'RequestLimitExceeded', status: 400, message: 'Slow' },
    ],
    [
      '500',
      { kind: '500' },
      {
        code: 'InternalFailure',
        status: 500,
        message: 'The request processing has failed because of an unknown error.',
      },
    ],
    [
      'error',
      { kind: 'error', status: 503, code: 'ServiceUnavailable', message: 'Later' },
      { code: 'ServiceUnavailable', status: 503, message: 'Later' },
    ],
    [
      'error of authorisation',
      { kind: 'error', status: 403, code: 'AccessDenied', message: 'No' },
      { code: 'AccessDenied', status: 403, message: 'No' },
    ],
  ])('%s', async (_, fault, answer) => {
    aws.fault(fault);
    expect(await whoAmI()).toEqual(answer);
    expect(aws.requests[0]).toMatchObject({ status: answer.status, errorCode: answer.code });
  });

  test('throttle of S3', async () => {
    aws.fault({ kind: 'throttle' });
    expect(await refusal(s3(config).send(new ListBucketsCommand({})))).toMatchObject({ code: 'SlowDown', status: 503 });
  });

  it.each(['before', 'body'] as const)('reset %s', async (when) => {
    aws.fault({ kind: 'reset', when });
    const answer = await whoAmI();
    expect(`${answer?.code} ${answer?.message}`).toMatch(/ECONNRESET|aborted|socket hang up/);
    expect(aws.requests[0]?.status).toBe(when === 'body' ? 200 : undefined);
  });

  test('truncated: the body ends behind the secret, within the token', async () => {
    aws.fault({ kind: 'truncated' });
    const { status, text } = await rawAssume();
    expect(status).toBe(200);
    expect(text).toMatch(/<SecretAccessKey>[^<]{40}<\/SecretAccessKey><SessionToken>[^<]{40}$/);
    expect(await refusal(assume(config, { RoleArn }))).toBeDefined();
    expect(await whoAmI()).toBeDefined();
  });

  test('malformed: no XML, or what the test wants', async () => {
    const remove = aws.fault({ kind: 'malformed' });
    expect(await refusal(assume(config, { RoleArn }))).toBeDefined();
    remove();
    aws.fault({ kind: 'malformed', body: '<html>proxy</html>' });
    expect(await rawAssume()).toMatchObject({ status: 200, text: '<html>proxy</html>' });
  });

  it.each([
    ['Credentials', (c: unknown) => expect(c).toBeUndefined()],
    [
      'Expiration',
      (c: unknown) =>
        expect(c).toEqual({
          AccessKeyId: expect.any(String),
          SecretAccessKey: expect.any(String),
          SessionToken: expect.any(String),
        }),
    ],
    [
      'SecretAccessKey',
      (c: unknown) =>
        expect(c).toEqual({
          AccessKeyId: expect.any(String),
          Expiration: expect.any(Date),
          SessionToken: expect.any(String),
        }),
    ],
  ])('missing: %s', async (field, check) => {
    aws.fault({ kind: 'missing', fields: [field] });
    check((await assume(config, { RoleArn })).Credentials);
  });

  test('expired-credentials: they have ended when they arrive', async () => {
    aws.fault({ kind: 'expired-credentials' });
    const output = await assume(config, { RoleArn });
    expect(output.Credentials?.Expiration?.getTime()).toBe(aws.clock.now() - 1000);
    const use = sts(sessionOf(config, output)).send(new GetCallerIdentityCommand({}));
    expect(await refusal(use)).toMatchObject({ code: 'ExpiredToken' });
  });

  test('expired-credentials with a time: they end then', async () => {
    const end = new Date(aws.clock.now() + 60_000).toISOString();
    aws.fault({ kind: 'expired-credentials', expiration: end });
    const output = await assume(config, { RoleArn });
    expect(output.Credentials?.Expiration?.toISOString()).toBe(end);
    aws.clock.advance(60_000);
    const use = sts(sessionOf(config, output)).send(new GetCallerIdentityCommand({}));
    expect(await refusal(use)).toMatchObject({ code: 'ExpiredToken' });
  });

  test.each(['2030-01-02T03:04:05UTC', 'soon', ''])('expired-credentials with junk: %j', async (expiration) => {
    aws.fault({ kind: 'expired-credentials', expiration });
    expect((await rawAssume()).text).toContain(`<Expiration>${expiration}</Expiration>`);
  });

  test('skew: the server lives in another time, which the SDK learns from its Date header', async () => {
    const remove = aws.fault({ kind: 'skew', ms: 3_600_000 });
    const { status, date } = await rawAssume();
    expect(status).toBe(403);
    expect(Math.abs(Date.parse(date!) - Date.now() - 3_600_000)).toBeLessThan(60_000);
    expect(await whoAmI()).toMatchObject({
      code: 'SignatureDoesNotMatch',
      message: expect.stringMatching(/^Signature expired: /),
    });
    const client = new STSClient(config);
    await client.send(new GetCallerIdentityCommand({}));
    expect(aws.requests.slice(-2).map(({ errorCode }) => errorCode)).toEqual(['SignatureDoesNotMatch', undefined]);
    remove();
    expect(await whoAmI()).toBeUndefined();
  });
});

describe('which requests', () => {
  const codes = async (count: number): Promise<(string | undefined)[]> => {
    const answers: (string | undefined)[] = [];
    for (let index = 0; index < count; index++) answers.push((await whoAmI())?.code);
    return answers;
  };

  test('all, until the fault is removed', async () => {
    const remove = aws.fault({ kind: '500' });
    expect(await codes(2)).toEqual(['InternalFailure', 'InternalFailure']);
    remove();
    remove();
    expect(await codes(1)).toEqual([undefined]);
  });

  test('after and times', async () => {
    aws.fault({ kind: '500', after: 1, times: 2 });
    expect(await codes(4)).toEqual([undefined, 'InternalFailure', 'InternalFailure', undefined]);
  });

  test('by operation, service and match', async () => {
    aws.fault({ kind: '500', operation: 'AssumeRole' });
    aws.fault({ kind: 'throttle', service: 's3' });
    aws.fault({ kind: 'error', code: 'Special', match: ({ params }) => params['RoleSessionName'] === 'special' });
    expect(await codes(1)).toEqual([undefined]);
    expect(await refusal(assume(config, { RoleArn }))).toMatchObject({ code: 'InternalFailure' });
    expect(await refusal(s3(config).send(new ListBucketsCommand({})))).toMatchObject({ code: 'SlowDown' });
  });

  test('match sees who asks', async () => {
    aws.fault({ kind: '500', match: ({ principalArn }) => principalArn?.includes('assumed-role') === true });
    expect(await codes(1)).toEqual([undefined]);
    config = sessionOf(config, await assume(config, { RoleArn }));
    expect(await codes(1)).toEqual(['InternalFailure']);
  });

  test('several at once add up', async () => {
    const gate = createGate();
    aws.fault({ kind: 'gate', until: gate.promise });
    aws.fault({ kind: 'throttle' });
    const call = whoAmI();
    await aws.received('GetCallerIdentity');
    gate.open();
    expect(await call).toMatchObject({ code: 'Throttling' });
  });

  test('an operation that a fault answers for is not carried out', async () => {
    const device = aws.addMfaDevice('arn:aws:iam::111122223333:user/alice');
    const input = { RoleArn, SerialNumber: device.serialNumber, TokenCode: device.code() };
    aws.fault({ kind: '500', times: 1 });
    expect(await refusal(assume(config, input))).toMatchObject({ code: 'InternalFailure' });
    expect(await refusal(assume(config, input))).toBeUndefined();
  });
});

it.each<[string, unknown, string]>([
  ['no kind', {}, 'fault.kind'],
  ['no object', undefined, 'fault.kind'],
  ['an unknown kind', { kind: 'earthquake' }, 'fault.kind'],
  ['an inherited kind', { kind: 'constructor' }, 'fault.kind'],
  ['an unknown key', { kind: 'hang', operations: 'AssumeRole' }, 'fault.operations'],
  ['a key of another kind', { kind: 'hang', ms: 5 }, 'fault.ms'],
  ['a delay without ms', { kind: 'delay' }, 'fault.ms'],
  ['a negative delay', { kind: 'delay', ms: -1 }, 'fault.ms'],
  ['a gate without a promise', { kind: 'gate', until: 5 }, 'fault.until'],
  ['a status of success', { kind: 'error', status: 200 }, 'fault.status'],
  ['fields that are no list', { kind: 'missing', fields: 'Credentials' }, 'fault.fields'],
  ['times 0', { kind: 'hang', times: 0 }, 'fault.times'],
  ['an unknown service', { kind: 'hang', service: 'sns' }, 'fault.service'],
])('refuses a rule with %s', (_, rule, option) => {
  expect(() => aws.fault(rule as FaultRule)).toThrow(
    expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', option }),
  );
});
