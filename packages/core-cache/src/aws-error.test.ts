import { randomUUID } from 'node:crypto';
import { AssumeRoleCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts';
import { type FakeAws, type FaultRule, startFakeAws } from '@bsm/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromAwsError } from './aws-error.js';
import { BsmError } from './errors.js';
import { allTextOf } from './fixtures/all-text-of.js';
import { caught } from './fixtures/caught.js';

const secretAccessKey = randomUUID().repeat(2).replaceAll('-', '').slice(0, 40);
const accessKey = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey };

let aws: FakeAws;

beforeAll(async () => {
  aws = await startFakeAws();
  aws.addUser({ accountId: '111122223333', userName: 'alice', accessKey });
  aws.addRole({ accountId: '111122223333', roleName: 'deploy' });
});

afterAll(async () => {
  await aws.close();
});

/** Everything secret that the fake AWS issued for an AssumeRole call, which a fault may have put into an error. */
const ISSUED = /<SecretAccessKey>|<SessionToken>|[A-Za-z0-9/+]{40}|111122223333/;

async function errorOf(config: STSClientConfig): Promise<unknown> {
  const sts = new STSClient({ credentials: accessKey, region: 'us-east-1', maxAttempts: 1, ...config });
  const input = { RoleArn: 'arn:aws:iam::111122223333:role/deploy', RoleSessionName: 'test', ExternalId: 'ticket-7' };
  try {
    return await caught(() => sts.send(new AssumeRoleCommand(input)));
  } finally {
    sts.destroy();
  }
}

interface Row {
  readonly fault: FaultRule;
  readonly code: string;
  readonly retryable: boolean;
  readonly awsCode?: string;
}

const message = 'User: arn:aws:iam::111122223333:user/alice may not do that';

test.each<Row>([
  { fault: { kind: 'throttle' }, code: 'THROTTLED', retryable: true, awsCode: 'Throttling' },
  { fault: { kind: 'throttle', code: 'ThrottlingException' }, code: 'THROTTLED', retryable: true },
  { fault: { kind: 'error', status: 403, code: 'RequestLimitExceeded' }, code: 'THROTTLED', retryable: true },
  { fault: { kind: 'error', status: 429, code: 'Odd' }, code: 'THROTTLED', retryable: true },
  { fault: { kind: 'error', status: 403, code: 'AccessDenied', message }, code: 'ACCESS_DENIED', retryable: false },
  { fault: { kind: 'error', status: 403, code: 'RegionDisabledException' }, code: 'ACCESS_DENIED', retryable: false },
  { fault: { kind: 'error', status: 400, code: 'ExpiredToken' }, code: 'CREDENTIALS_REJECTED', retryable: false },
  {
    fault: { kind: 'error', status: 403, code: 'InvalidClientTokenId' },
    code: 'CREDENTIALS_REJECTED',
    retryable: false,
  },
  {
    fault: { kind: 'error', status: 403, code: 'SignatureDoesNotMatch' },
    code: 'CREDENTIALS_REJECTED',
    retryable: false,
  },
  { fault: { kind: 'error', status: 400, code: 'ValidationError' }, code: 'REQUEST_REJECTED', retryable: false },
  { fault: { kind: 'error', status: 400, code: 'PackedPolicyTooLarge' }, code: 'REQUEST_REJECTED', retryable: false },
  { fault: { kind: '500' }, code: 'SERVICE_FAILED', retryable: true, awsCode: 'InternalFailure' },
  { fault: { kind: 'error', status: 503, code: 'ServiceUnavailable' }, code: 'SERVICE_FAILED', retryable: true },
  { fault: { kind: 'reset' }, code: 'ENDPOINT_UNREACHABLE', retryable: true, awsCode: 'ECONNRESET' },
  { fault: { kind: 'reset', when: 'body' }, code: 'RESPONSE_INVALID', retryable: true },
  { fault: { kind: 'truncated' }, code: 'RESPONSE_INVALID', retryable: true },
  { fault: { kind: 'malformed' }, code: 'RESPONSE_INVALID', retryable: true },
  { fault: { kind: 'malformed', body: '{"Secret' }, code: 'RESPONSE_INVALID', retryable: true },
  { fault: { kind: 'hang' }, code: 'ENDPOINT_UNREACHABLE', retryable: true },
])('$fault.kind $fault.code is $code, and tells no secret', async ({ fault, code, retryable, awsCode }) => {
  const end = aws.fault(fault);
  const raw = await errorOf({
    endpoint: aws.endpoint,
    requestHandler: { requestTimeout: 250, throwOnRequestTimeout: true },
  });
  end();
  const error = fromAwsError(raw, 'Cannot assume the role');
  expect(error).toMatchObject({ name: 'BsmError', code: `ERR_BSM_${code}`, retryable, details: { attempts: 1 } });
  if (awsCode) expect(error.details).toMatchObject({ awsCode });
  expect(error.message).toMatch(/^Cannot assume the role: \S/);
  const text = allTextOf(error);
  expect(text).not.toMatch(ISSUED);
  expect(text).not.toContain(secretAccessKey);
  expect(text).not.toContain('ticket-7');
  expect(text).not.toContain('$response');
});

test('the error of the SDK for a truncated answer does carry the secret, so that the test above can fail', async () => {
  const end = aws.fault({ kind: 'truncated' });
  const raw = await errorOf({ endpoint: aws.endpoint });
  end();
  expect(allTextOf(raw)).toMatch(/<SecretAccessKey>[A-Za-z0-9/+]{40}/);
});

test.each([
  ['a port on which nobody listens', 'http://127.0.0.1:1', 'ECONNREFUSED'],
  ['TLS where there is none', 'https://127.0.0.1:PORT', 'EPROTO'],
])('%s is an endpoint that cannot be reached', async (_name, endpoint, awsCode) => {
  const raw = await errorOf({ endpoint: endpoint.replace('PORT', new URL(aws.endpoint).port) });
  expect(fromAwsError(raw, 'x')).toMatchObject({
    code: 'ERR_BSM_ENDPOINT_UNREACHABLE',
    retryable: true,
    details: { awsCode },
  });
});

const withCode = (code: string, fields: object = {}): Error =>
  Object.assign(new Error(`about ${code}`), { code, ...fields });

test.each<[name: string, error: unknown, code: string, says: string]>([
  [
    'two refused addresses',
    // As Node makes it: no message, and the code of the first.
    Object.assign(new AggregateError([withCode('ECONNREFUSED')]), { code: 'ECONNREFUSED' }),
    'ENDPOINT_UNREACHABLE',
    'ECONNREFUSED',
  ],
  ['an unknown host', withCode('ENOTFOUND'), 'ENDPOINT_UNREACHABLE', 'ENOTFOUND'],
  ['a resolver that does not answer', withCode('EAI_AGAIN'), 'ENDPOINT_UNREACHABLE', 'EAI_AGAIN'],
  ['a certificate that ended', withCode('CERT_HAS_EXPIRED'), 'ENDPOINT_UNREACHABLE', 'CERT_HAS_EXPIRED'],
  ['a certificate of somebody', withCode('DEPTH_ZERO_SELF_SIGNED_CERT'), 'ENDPOINT_UNREACHABLE', 'SIGNED'],
  ['a certificate of another host', withCode('ERR_TLS_CERT_ALTNAME_INVALID'), 'ENDPOINT_UNREACHABLE', 'ALTNAME'],
  [
    'a failed fetch',
    new TypeError('fetch failed', { cause: withCode('UND_ERR_CONNECT_TIMEOUT') }),
    'ENDPOINT_UNREACHABLE',
    'fetch failed',
  ],
  ['a timeout', Object.assign(new Error('slow'), { name: 'TimeoutError' }), 'ENDPOINT_UNREACHABLE', 'slow'],
  ['a file that is absent', withCode('ENOENT'), 'REFRESH_FAILED', 'ENOENT'],
  ['a file that may not be read', withCode('EACCES'), 'REFRESH_FAILED', 'EACCES'],
  [
    'text that is no JSON',
    caughtNow(() => JSON.parse('{"SecretAccessKey":"wJalrXUtnFEM}')),
    'RESPONSE_INVALID',
    'could not be read',
  ],
  ['an error without words', new Error(''), 'REFRESH_FAILED', 'Error'],
  ['an error with a code only', Object.assign(new Error(''), { code: 'ODD' }), 'REFRESH_FAILED', 'ODD'],
  ['undefined', undefined, 'REFRESH_FAILED', 'x: '],
  ['null', null, 'REFRESH_FAILED', 'x: '],
  ['a text', 'out of luck', 'REFRESH_FAILED', 'out of luck'],
  ['a number', 7, 'REFRESH_FAILED', 'Error'],
  ['a symbol', Symbol('s'), 'REFRESH_FAILED', 'Error'],
  ['an object without a prototype', Object.create(null), 'REFRESH_FAILED', 'x: '],
  ['a function', () => 1, 'REFRESH_FAILED', 'x: '],
  [
    'members that throw',
    {
      get message() {
        throw new Error('no');
      },
      get name() {
        throw new Error('no');
      },
    },
    'REFRESH_FAILED',
    'x: ',
  ],
  [
    'a proxy that refuses everything',
    new Proxy(
      {},
      {
        get: () => {
          throw new Error('no');
        },
      },
    ),
    'REFRESH_FAILED',
    'x: ',
  ],
])('%s', (_name, error, code, says) => {
  const made = fromAwsError(error, 'x');
  expect(made).toMatchObject({ name: 'BsmError', code: `ERR_BSM_${code}` });
  expect(made.message).toContain(says);
  expect(allTextOf(made)).not.toContain('wJal');
});

test('a BsmError passes as it is', () => {
  const error = new BsmError('ERR_BSM_SESSION_CLOSED', 'closed');
  expect(fromAwsError(error, 'x')).toBe(error);
});

function caughtNow(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
