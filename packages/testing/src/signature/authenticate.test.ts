import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { FakeClientConfig, FakeCredentials } from '../client-config.js';
import { assume, iam, type Refusal, refusal, s3, sessionOf, sts } from '../fixtures/sdk.js';
import { parseTarget } from '../protocol/http-request.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';
import type { FakeRole } from '../world/add-role.js';
import type { FakeUser } from '../world/add-user.js';
import { calculateSignature, formatTimestamp, parseSignature, type SignatureV4, sha256 } from './signature-v4.js';

let aws: FakeAws;
let alice: FakeUser;
let role: FakeRole;

beforeEach(async () => {
  aws = await startFakeAws({ accounts: [{ accountId: '111122223333', alias: 'home', buckets: ['logs'] }] });
  alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  role = aws.addRole({ accountId: '111122223333', roleName: 'deploy', trust: '111122223333' });
});

afterEach(() => aws.close());

type Service = 'sts' | 'iam' | 's3';

const SERVICES: readonly Service[] = ['sts', 'iam', 's3'];

/** One signed call of each service. */
const call = (service: Service, config: FakeClientConfig): Promise<Refusal | undefined> =>
  refusal(
    service === 'sts'
      ? sts(config).send(new GetCallerIdentityCommand({}))
      : service === 'iam'
        ? iam(config).send(new ListAccountAliasesCommand({}))
        : s3(config).send(new ListBucketsCommand({})),
  );

const withCredentials = (config: FakeClientConfig, change: Partial<FakeCredentials>): FakeClientConfig => ({
  ...config,
  credentials: { ...config.credentials, ...change },
});

const userConfig = (): FakeClientConfig => aws.clientConfig(alice);
const sessionConfig = async (): Promise<FakeClientConfig> =>
  sessionOf(userConfig(), await assume(userConfig(), { RoleArn: role.arn }));

/** Changes what leaves, behind the back of the signature. */
type Tamper = (request: { headers: Record<string, string>; body?: unknown; query?: Record<string, unknown> }) => void;
async function tampered(service: Service, tamper: Tamper): Promise<Refusal | undefined> {
  const clients = { sts, iam, s3 };
  const client = clients[service](userConfig()) as unknown as STSClient;
  const middleware = (next: (args: { request: unknown }) => unknown) => (args: { request: unknown }) => {
    tamper(args.request as never);
    return next(args);
  };
  const place = { relation: 'after', toMiddleware: 'httpSigningMiddleware', name: 'tamper' } as const;
  client.middlewareStack.addRelativeTo(middleware as never, place);
  const command =
    service === 'sts'
      ? new GetCallerIdentityCommand({})
      : service === 'iam'
        ? new ListAccountAliasesCommand({ MaxItems: 5 })
        : new ListBucketsCommand({});
  return refusal(client.send(command as GetCallerIdentityCommand));
}

describe.each(SERVICES)('%s', (service) => {
  const expected = (query: string, forS3: string): string => (service === 's3' ? forS3 : query);

  test('accepts a user and a session', async () => {
    expect(await call(service, userConfig())).toBeUndefined();
    expect(await call(service, await sessionConfig())).toBeUndefined();
  });

  test('refuses an unknown access key', async () => {
    const answer = await call(service, withCredentials(userConfig(), { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }));
    expect(answer).toMatchObject({ code: expected('InvalidClientTokenId', 'InvalidAccessKeyId'), status: 403 });
  });

  test('refuses a wrong secret of a user and of a session', async () => {
    const wrong = { secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
    const answers = [
      await call(service, withCredentials(userConfig(), wrong)),
      await call(service, withCredentials(await sessionConfig(), wrong)),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ code: 'SignatureDoesNotMatch', status: 403 });
  });

  test('refuses a session without its token, or with another one', async () => {
    const { credentials, ...rest } = await sessionConfig();
    const { sessionToken: _, ...bare } = credentials;
    const other = (await sessionConfig()).credentials.sessionToken!;
    for (const config of [
      { ...rest, credentials: bare },
      { ...rest, credentials: { ...bare, sessionToken: other } },
    ]) {
      expect(await call(service, config)).toMatchObject({ code: expected('InvalidClientTokenId', 'InvalidToken') });
    }
  });

  test('refuses a long-term key with a token', async () => {
    const answer = await call(service, withCredentials(userConfig(), { sessionToken: 'any' }));
    expect(answer).toMatchObject({ code: expected('InvalidClientTokenId', 'InvalidToken') });
  });

  test('refuses a request without a signature', async () => {
    const answer = await tampered(service, ({ headers }) => delete headers['authorization']);
    expect(answer).toMatchObject({ code: expected('MissingAuthenticationToken', 'AccessDenied'), status: 403 });
  });

  it.each([
    ['60 minutes in the past', -60, 'Signature expired: ', 'is now earlier than'],
    ['60 minutes in the future', 60, 'Signature not yet current: ', 'is still later than'],
  ])('refuses a request signed %s', async (_, minutes, start, middle) => {
    const skewed = { ...userConfig(), systemClockOffset: minutes * 60_000 };
    const answer = await call(service, skewed);
    expect(answer).toMatchObject({ code: expected('SignatureDoesNotMatch', 'RequestTimeTooSkewed'), status: 403 });
    if (service !== 's3') {
      expect(answer?.message).toMatch(
        new RegExp(`^${start}\\d{8}T\\d{6}Z ${middle} \\d{8}T\\d{6}Z \\(\\d{8}T\\d{6}Z [-+] 15 min\\.\\)$`),
      );
    }
  });

  test('accepts a request signed 14 minutes off', async () => {
    expect(
      await call(service, { ...userConfig(), systemClockOffset: -14 * 60_000 } as FakeClientConfig),
    ).toBeUndefined();
  });

  it.each<[string, Tamper]>([
    [
      'a header',
      ({ headers }) => {
        headers['x-amz-date'] = headers['x-amz-date']!.replace(/\d\dZ$/, (s) => (s === '00Z' ? '01Z' : '00Z'));
      },
    ],
    [
      'the signature',
      ({ headers }) => {
        headers['authorization'] = headers['authorization']!.replace(/.$/, (c) => (c === '0' ? '1' : '0'));
      },
    ],
    [
      'the query',
      (request) => {
        request.query = { ...request.query, prefix: 'x' };
      },
    ],
  ])('refuses a request in which %s was changed on the way', async (_, tamper) => {
    expect(await tampered(service, tamper)).toMatchObject({ code: 'SignatureDoesNotMatch', status: 403 });
  });

  test('refuses a header that was added on the way and is not signed', async () => {
    const answer = await tampered(service, ({ headers }) => {
      headers['x-amz-extra'] = '1';
    });
    expect(answer).toMatchObject({ code: expected('SignatureDoesNotMatch', 'AccessDenied') });
  });

  test('refuses a signature for another service', async () => {
    const answer = await tampered(service, ({ headers }) => {
      headers['authorization'] = headers['authorization']!.replace(`/${service}/`, '/sns/');
    });
    expect(answer).toMatchObject({ code: expected('SignatureDoesNotMatch', 'InvalidAction') });
  });

  test('refuses a signature that is not complete', async () => {
    const answer = await tampered(service, ({ headers }) => {
      headers['authorization'] = headers['authorization']!.replace(/, Signature=.*/, '');
    });
    expect(answer).toMatchObject({
      code: expected('IncompleteSignature', 'AuthorizationHeaderMalformed'),
      status: 400,
    });
  });

  test('refuses a scope of another day', async () => {
    const answer = await tampered(service, ({ headers }) => {
      headers['authorization'] = headers['authorization']!.replace(/\/\d{8}\//, '/20150830/');
    });
    expect(answer).toMatchObject({ code: expected('SignatureDoesNotMatch', 'AuthorizationHeaderMalformed') });
  });

  test('refuses a scope whose region is none', async () => {
    const answer = await tampered(service, ({ headers }) => {
      headers['authorization'] = headers['authorization']!.replace('/us-east-1/', '/US EAST/');
    });
    expect(answer).toMatchObject({ code: expected('SignatureDoesNotMatch', 'AuthorizationHeaderMalformed') });
    expect(answer?.message).toContain('region');
  });

  test('refuses credentials of another partition', async () => {
    const answer = await call(service, { ...userConfig(), region: 'cn-north-1' });
    expect(answer).toMatchObject({ code: expected('InvalidClientTokenId', 'InvalidAccessKeyId') });
  });

  test('refuses an inactive, a deleted and an orphaned key', async () => {
    const invalid = { code: expected('InvalidClientTokenId', 'InvalidAccessKeyId'), status: 403 };
    const config = userConfig();
    alice.accessKey.setActive(false);
    expect(await call(service, config)).toMatchObject(invalid);
    alice.accessKey.setActive(true);
    expect(await call(service, config)).toBeUndefined();
    alice.accessKey.delete();
    expect(await call(service, config)).toMatchObject(invalid);
    const { accessKeyId, secretAccessKey } = alice.createAccessKey();
    const second = withCredentials(config, { accessKeyId, secretAccessKey });
    expect(await call(service, second)).toBeUndefined();
    alice.delete();
    expect(await call(service, second)).toMatchObject(invalid);
  });

  test('refuses the session of a deleted role, also when there is a new one of that name', async () => {
    const config = await sessionConfig();
    role.delete();
    aws.addRole({ accountId: '111122223333', roleName: 'deploy' });
    expect(await call(service, config)).toMatchObject({ code: expected('InvalidClientTokenId', 'InvalidAccessKeyId') });
  });

  test('refuses credentials from the moment on at which they expire', async () => {
    const config = await sessionConfig();
    aws.clock.advance(3_599_999);
    expect(await call(service, config)).toBeUndefined();
    aws.clock.advance(1);
    expect(await call(service, config)).toMatchObject({
      code: 'ExpiredToken',
      status: service === 's3' ? 400 : 403,
      message: expect.stringContaining('expired'),
    });
  });
});

test('an expired session assumes no other role', async () => {
  const config = await sessionConfig();
  aws.clock.advance(3_600_000);
  expect(await refusal(assume(config, { RoleArn: role.arn }))).toMatchObject({ code: 'ExpiredToken', status: 403 });
});

test('the body of a form is covered by the signature', async () => {
  const answer = await tampered('iam', (request) => {
    request.body = String(request.body).replace('MaxItems=5', 'MaxItems=6');
  });
  expect(answer).toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test('S3 wants the hash of the body, or UNSIGNED-PAYLOAD', async () => {
  const wrong = await tampered('s3', ({ headers }) => {
    headers['x-amz-content-sha256'] = 'a'.repeat(64);
  });
  expect(wrong).toMatchObject({ code: 'XAmzContentSHA256Mismatch' });
  const none = await tampered('s3', ({ headers }) => delete headers['x-amz-content-sha256']);
  expect(none).toMatchObject({ code: 'InvalidRequest' });
  const open = s3(userConfig());
  open.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
      return next(args);
    },
    { step: 'build', name: 'unsigned' },
  );
  expect(await refusal(open.send(new ListBucketsCommand({})))).toBeUndefined();
});

describe('a presigned request', () => {
  const stamp = (ageMs: number): string => formatTimestamp(Date.now() - ageMs);

  /** Presigns GetCallerIdentity or ListBuckets as a browser would open it. */
  function presign(service: 'sts' | 's3', ageMs: number, expires: number): string {
    const { accessKeyId, secretAccessKey } = userConfig().credentials;
    const scopeDate = stamp(ageMs).slice(0, 8);
    const query: [string, string][] = [
      ...(service === 'sts'
        ? ([
            ['Action', 'GetCallerIdentity'],
            ['Version', '2011-06-15'],
          ] as [string, string][])
        : []),
      ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
      ['X-Amz-Credential', `${accessKeyId}/${scopeDate}/us-east-1/${service}/aws4_request`],
      ['X-Amz-Date', stamp(ageMs)],
      ['X-Amz-Expires', String(expires)],
      ['X-Amz-SignedHeaders', 'host'],
    ];
    const target = `/?${query.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
    const headers = new Map([['host', new URL(aws.endpoint).host]]);
    const request = { method: 'GET', ...parseTarget(target), headers, body: Buffer.alloc(0) };
    const parsed = parseSignature({ ...request, ...parseTarget(`${target}&X-Amz-Signature=none`) }) as SignatureV4;
    const hash = service === 's3' ? 'UNSIGNED-PAYLOAD' : sha256('');
    return `${aws.endpoint}${target}&X-Amz-Signature=${calculateSignature(request, parsed, secretAccessKey, hash)}`;
  }

  const answer = async (url: string): Promise<[number, string]> => {
    const response = await fetch(url);
    return [response.status, await response.text()];
  };

  it.each(['sts', 's3'] as const)('of %s is accepted within its lifetime', async (service) => {
    const [status, text] = await answer(presign(service, 60_000, 120));
    expect([status, text]).toEqual([200, expect.stringContaining(service === 'sts' ? alice.arn : '<Name>logs</Name>')]);
  });

  it.each([
    ['sts', 'SignatureDoesNotMatch', 'Signature expired: '],
    ['s3', 'AccessDenied', 'Request has expired'],
  ] as const)('of %s is refused after it', async (service, code, message) => {
    const [status, text] = await answer(presign(service, 180_000, 120));
    expect([status, text]).toEqual([403, expect.stringContaining(`<Code>${code}</Code><Message>${message}`)]);
  });

  test('is refused when it was changed', async () => {
    const [status, text] = await answer(`${presign('s3', 0, 120)}&prefix=x`);
    expect([status, text]).toEqual([403, expect.stringContaining('SignatureDoesNotMatch')]);
  });
});
