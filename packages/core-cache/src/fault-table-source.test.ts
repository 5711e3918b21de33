import { STSClient } from '@aws-sdk/client-sts';
import type { FaultRule } from '@bsm/testing';
import { startFakeAws } from '@bsm/testing';
import { describe, expect, test } from 'vitest';
import { allTextOf } from './fixtures/all-text-of.js';
import { assumeRoleWith, type StsSession, startStsSession } from './fixtures/sts-session.js';
import { awsError, createTestSession, makeCredentials, settle } from './fixtures/test-source.js';
import { createSession } from './index.js';

// The faults of a source of credentials, numbered as in the table of faults that this project answers.

const MINUTE = 60_000;

/** Credentials with 295 seconds left: the SDK's own cache fails or hangs from 300 seconds on. */
async function with295SecondsLeft(t: StsSession): Promise<string> {
  const key = await t.use();
  t.aws.clock.advance(3_600_000 - 295_000);
  return key;
}

/** Serves through the failure of a refresh, leaves the source alone for the back-off, and uses it again once it is back. */
async function expectServedThroughFault(t: StsSession, fault: FaultRule, attempts = 1): Promise<void> {
  const key = await with295SecondsLeft(t);
  const mend = t.aws.fault({ operation: 'AssumeRole', ...fault });
  const before = t.calls();
  const failed = t.ended('refresh.failure');
  const answers = await Promise.all(Array.from({ length: 32 }, () => t.use()));
  expect(new Set(answers)).toEqual(new Set([key]));
  await failed;
  expect(t.calls() - before).toBe(attempts);

  expect(await t.use()).toBe(key);
  t.aws.clock.advance(MINUTE);
  expect(await t.use()).toBe(key);
  expect(t.calls() - before, 'nobody asks inside the back-off').toBe(attempts);
  expect(t.events.filter(({ type }) => type === 'refresh.backoff')).toHaveLength(1);

  mend();
  t.aws.clock.advance(235_000 - MINUTE);
  expect(await t.use(), 'the back-off ends where the mandatory window begins').not.toBe(key);
}

describe('A. the source misbehaves', () => {
  test.each(['Throttling', 'RequestLimitExceeded'])('row 1: %s while credentials are valid', async (code) => {
    await using t = await startStsSession();
    await expectServedThroughFault(t, { kind: 'throttle', code });
  });

  test('row 1: a throttle that answers 403', async () => {
    await using t = await startStsSession();
    await expectServedThroughFault(t, { kind: 'error', status: 403, code: 'Throttling' });
  });

  test('row 2: the same on a cold cache is a typed error, and nothing is remembered', async () => {
    await using t = await startStsSession();
    const mend = t.aws.fault({ kind: 'throttle', operation: 'AssumeRole' });
    await expect(t.session.credentials()).rejects.toMatchObject({
      code: 'ERR_BSM_THROTTLED',
      retryable: true,
      details: { awsCode: 'Throttling', requestId: expect.any(String), statusCode: 400 },
    });
    mend();
    expect(await t.use()).toMatch(/^ASIA/);
    expect(t.calls()).toBe(2);
  });

  test.each([
    ['500', { kind: '500' }],
    ['503', { kind: 'error', status: 503, code: 'ServiceUnavailable' }],
  ] as const)('row 3: HTTP %s', async (_status, fault) => {
    await using t = await startStsSession();
    await expectServedThroughFault(t, fault);
  });

  test('row 3: HTTP 500 through all attempts of the SDK is one failed refresh', async () => {
    await using t = await startStsSession({ maxAttempts: 2 });
    await expectServedThroughFault(t, { kind: '500' }, 2);
  });

  test('row 4: a connection that is reset in the body', async () => {
    await using t = await startStsSession();
    await expectServedThroughFault(t, { kind: 'reset', when: 'body' });
    expect(allTextOf(t.events)).not.toContain('<AssumeRole');
  });

  test.each([
    ['row 5: a body that trickles', { kind: 'trickle', bytes: 1, everyMs: 50 }],
    ['row 6: an endpoint that accepts and never answers', { kind: 'hang' }],
  ] as const)('%s meets the deadline; every request is served meanwhile', async (_row, fault) => {
    await using t = await startStsSession();
    const key = await with295SecondsLeft(t);
    const mend = t.aws.fault({ operation: 'AssumeRole', ...fault });
    expect(await Promise.all(Array.from({ length: 32 }, () => t.use()))).toEqual(Array(32).fill(key));
    await t.aws.received('AssumeRole', 2);
    const failed = t.ended('refresh.failure');
    await t.aws.clock.advanceAsync(20_000);
    await failed;
    expect(t.events.findLast(({ type }) => type === 'refresh.failure')).toMatchObject({
      error: { code: 'ERR_BSM_REFRESH_TIMEOUT' },
      durationMs: 20_000,
    });
    expect(await t.use()).toBe(key);
    mend();
  });

  test('row 6: the same on a cold cache ends in an error, not in silence', async () => {
    await using t = await startStsSession();
    t.aws.fault({ kind: 'hang', operation: 'AssumeRole' });
    const asked = t.use();
    await t.aws.received('AssumeRole');
    await t.aws.clock.advanceAsync(20_000);
    expect(await asked).toBe('ERR_BSM_REFRESH_TIMEOUT');
  });

  test.each([
    ['refused', 'http://127.0.0.1:1', 'ECONNREFUSED'],
    ['TLS', 'https', 'EPROTO'],
  ])('row 7: no connection (%s) is a failed refresh that says why', async (_kind, endpoint, code) => {
    await using aws = await startFakeAws();
    const url = endpoint === 'https' ? aws.endpoint.replace('http:', 'https:') : endpoint;
    await using t = await startStsSession({ endpoint: url });
    await expect(t.session.credentials()).rejects.toMatchObject({
      code: 'ERR_BSM_ENDPOINT_UNREACHABLE',
      retryable: true,
      cause: expect.objectContaining({ message: expect.stringMatching(code === 'EPROTO' ? /SSL|EPROTO/ : code) }),
    });
  });

  test('row 7: a name that does not resolve, while credentials are valid', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(55 * MINUTE);
    t.source.behave = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    expect([await t.use(), await t.use()]).toEqual(['KEY-1', 'KEY-1']);
    expect(t.events.at(-1)).toMatchObject({ type: 'refresh.stale-served', remainingMs: 5 * MINUTE });
  });

  test.each([
    ['truncated', { kind: 'truncated' }],
    ['malformed', { kind: 'malformed' }],
  ] as const)('row 8: a %s answer is a failed refresh, and no secret of it is anywhere', async (kind, fault) => {
    await using t = await startStsSession();
    t.aws.fault({ operation: 'AssumeRole', ...fault });
    const error = await t.session.credentials().catch((reason: unknown) => reason);
    const raw = (t.thrown[0] as { $responseBodyText?: string }).$responseBodyText ?? '';
    const secret = /<SecretAccessKey>([^<]+)/.exec(raw)?.[1];
    const token = /<SessionToken>([^<]{16,})/.exec(raw)?.[1];
    if (kind === 'truncated') expect(secret, 'the error of the SDK does hold it').toBeTypeOf('string');
    expect(error).toMatchObject({ code: 'ERR_BSM_RESPONSE_INVALID', retryable: true });
    const text = allTextOf([error, t.events]);
    for (const leaked of [secret, token, raw]) if (leaked) expect(text).not.toContain(leaked);
  });

  test('row 9: a 200 without Credentials', async () => {
    await using t = await startStsSession();
    await expectServedThroughFault(t, { kind: 'missing', fields: ['Credentials'] });
    expect(t.events.find(({ type }) => type === 'refresh.failure')).toMatchObject({
      error: { code: 'ERR_BSM_CREDENTIALS_INVALID' },
    });
  });

  test('row 10: no Expiration is never taken for "lives for ever"', async () => {
    await using t = await startStsSession();
    t.aws.fault({ kind: 'missing', fields: ['Expiration'], operation: 'AssumeRole' });
    const key = await t.use();
    t.aws.clock.advance(15 * MINUTE);
    const renewed = t.ended('refresh.success');
    expect(await t.use()).toBe(key);
    await renewed;
    expect(await t.use()).not.toBe(key);
    expect(t.calls()).toBe(2);
  });

  const junkDates = [Number.NaN, 'soon', '', '2030-13-45T99:99:99Z', 1_700_000_000, {}, true, '2030-01-02T03:04:05'];
  test.each(junkDates)('row 11: an expiration that is %o is a failed refresh, what is in hand stays', async (junk) => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(55 * MINUTE);
    const expiration = Number.isNaN(junk) ? new Date(Number.NaN) : junk;
    t.source.behave = () => Promise.resolve({ ...makeCredentials('JUNK'), expiration });
    expect([await t.use(), await t.use()]).toEqual(['KEY-1', 'KEY-1']);
    await settle();
    expect(t.events.find(({ type }) => type === 'refresh.failure')).toMatchObject({
      error: { code: 'ERR_BSM_CREDENTIALS_INVALID' },
    });
    t.clock.advance(5 * MINUTE);
    t.source.behave = () => Promise.resolve(t.source.fresh());
    expect(await t.use()).toBe('KEY-2');
  });

  test('row 12: credentials that had ended when they came: served on, one call a back-off', async () => {
    await using t = await startStsSession();
    await expectServedThroughFault(t, { kind: 'expired-credentials' });
  });

  test('row 12: the same on a cold cache is an error', async () => {
    await using t = await startStsSession();
    t.aws.fault({ kind: 'expired-credentials', operation: 'AssumeRole' });
    expect(await t.use()).toBe('ERR_BSM_CREDENTIALS_EXPIRED');
  });

  test('row 13: a 900-second role is not always inside its window', async () => {
    await using t = await startStsSession({ durationSeconds: 900 });
    for (let use = 0; use < 20; use++) {
      await t.use();
      t.aws.clock.advance(27_000);
    }
    expect(t.calls()).toBe(1);
  });

  test('row 14: a refresh that brings the same key again ends the rejection, without a loop', async () => {
    using t = createTestSession();
    const same = t.source.fresh();
    t.source.behave = () => Promise.resolve(same);
    await t.use();
    t.credentials.invalidate('KEY-1');
    expect([await t.use(), await t.use(), await t.use()]).toEqual(['KEY-1', 'KEY-1', 'KEY-1']);
    expect(t.source.calls).toBe(2);
  });

  test.each([
    ['AccessDenied', 'ERR_BSM_ACCESS_DENIED'],
    ['MalformedPolicyDocument', 'ERR_BSM_REQUEST_REJECTED'],
    ['PackedPolicyTooLarge', 'ERR_BSM_REQUEST_REJECTED'],
    ['RegionDisabledException', 'ERR_BSM_ACCESS_DENIED'],
    ['InvalidIdentityToken', 'ERR_BSM_CREDENTIALS_REJECTED'],
    ['IDPRejectedClaim', 'ERR_BSM_CREDENTIALS_REJECTED'],
  ])('row 15: %s is raised at once and remembered for seconds, no back-off', async (code, shown) => {
    await using t = await startStsSession({ refresh: { random: () => 0, background: false } });
    await with295SecondsLeft(t);
    const mend = t.aws.fault({ kind: 'error', status: 403, code, operation: 'AssumeRole' });
    await expect(t.session.credentials()).rejects.toMatchObject({
      retryable: false,
      details: { awsCode: expect.stringContaining(code) },
    });
    expect(await t.use()).toBe(shown);
    expect(t.calls()).toBe(2);
    expect(t.events.filter(({ type }) => type === 'refresh.backoff')).toEqual([]);
    mend();
    t.aws.clock.advance(1_000);
    expect(await t.use()).toMatch(/^ASIA/);
  });

  test.each(['IDPCommunicationError', 'ExpiredTokenException'])('row 16: %s can pass', async (code) => {
    await using t = await startStsSession();
    await expectServedThroughFault(t, { kind: 'error', status: 400, code });
  });

  test('row 17: when a middle link fails, only it is asked again', async () => {
    await using aws = await startFakeAws();
    const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
    const middle = aws.addRole({ accountId: '123456789012', roleName: 'middle', trust: alice.arn });
    const target = aws.addRole({ accountId: '444455556666', roleName: 'target', trust: middle.arn });
    const { credentials, region, endpoint } = aws.clientConfig(alice);
    let rootCalls = 0;
    using root = createSession({
      clock: aws.clock,
      region,
      credentials: async () => {
        rootCalls++;
        return { ...credentials, expiration: new Date(aws.clock.now() + 60 * MINUTE) };
      },
    });
    const clients = [root.credentials, () => first.credentials()].map(
      (identity) => new STSClient({ credentials: identity, region, endpoint, maxAttempts: 1 }),
    );
    const first = root.derive({ credentials: assumeRoleWith(clients[0]!, middle.arn) });
    const second = first.derive({ credentials: assumeRoleWith(clients[1]!, target.arn) });
    const mend = aws.fault({
      kind: '500',
      operation: 'AssumeRole',
      match: ({ params }) => params['RoleArn'] === middle.arn,
    });
    await expect(second.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_SERVICE_FAILED', retryable: true });
    mend();
    expect((await second.credentials()).accessKeyId).toMatch(/^ASIA/);
    expect(rootCalls).toBe(1);
    expect(aws.requests.map(({ params, status }) => [params['RoleArn'], status])).toEqual([
      [middle.arn, 500],
      [middle.arn, 200],
      [target.arn, 200],
    ]);
    for (const client of clients) client.destroy();
  });
});

test('a source whose errors cannot even be read fails like any other', async () => {
  using t = createTestSession();
  const unreadable = new Proxy(awsError('AccessDenied'), {
    get() {
      throw new Error('do not look');
    },
  });
  // The promise itself is settled by its prototype's own functions: only the reason is unreadable.
  t.source.behave = () => Promise.reject(unreadable);
  expect(await t.use()).toBe('ERR_BSM_REFRESH_FAILED');
});
