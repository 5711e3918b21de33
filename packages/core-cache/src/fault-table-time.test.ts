import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';
import { describe, expect, test } from 'vitest';
import { assumeRoleWith } from './fixtures/sts-session.js';
import { createTestSession, makeCredentials, settle } from './fixtures/test-source.js';
import { type Clock, createSession } from './index.js';

const MINUTE = 60_000;

/** A session over a fake STS on a machine whose clock is wrong by `offsetMs`. */
async function startSkewedSession(offsetMs: number) {
  const aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  const sts = new STSClient({ credentials, region, endpoint, maxAttempts: 1 });
  const clock: Clock = { ...aws.clock, now: () => aws.clock.now() + offsetMs };
  const session = createSession({
    clock,
    region,
    clientDefaults: { endpoint, maxAttempts: 1 },
    credentials: assumeRoleWith(sts, role.arn),
  });
  return {
    aws,
    session,
    async [Symbol.asyncDispose]() {
      session.close();
      sts.destroy();
      await aws.close();
    },
  };
}

describe('B. time', () => {
  test('row 18: a local clock 10 minutes ahead renews early, and serves nothing that has ended', async () => {
    await using t = await startSkewedSession(10 * MINUTE);
    const client = t.session.client(STSClient);
    for (let minute = 0; minute < 120; minute += 5) {
      await client.send(new GetCallerIdentityCommand({}));
      await settle();
      t.aws.clock.advance(5 * MINUTE);
    }
    expect(t.aws.requests.every(({ status }) => status === 200)).toBe(true);
    expect(t.aws.count('AssumeRole')).toBeLessThanOrEqual(4);
    client.destroy();
  });

  test('row 19: a local clock 10 minutes behind: one rejected request, one refresh, one retry', async () => {
    await using t = await startSkewedSession(-10 * MINUTE);
    const client = t.session.client(STSClient);
    await client.send(new GetCallerIdentityCommand({}));
    t.aws.clock.advance(60 * MINUTE);
    // By the clock of this machine 10 minutes are left: nobody waits for the refresh, and the request is signed with ended keys.
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    expect(Arn).toContain('assumed-role/deploy');
    const outcomes = t.aws.requests
      .filter(({ operation }) => operation === 'GetCallerIdentity')
      .map(({ errorCode }) => errorCode);
    expect(outcomes).toEqual([undefined, 'ExpiredToken', undefined]);
    expect(t.aws.count('AssumeRole')).toBe(2);
    client.destroy();
  });

  test('row 20: a clock that is set back 2 hours lengthens no life', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(10 * MINUTE);
    t.clock.set(t.clock.now() - 120 * MINUTE);
    t.clock.advance(49 * MINUTE);
    expect(await t.use()).toBe('KEY-2');
  });

  test('row 20: and no back-off', async () => {
    using t = createTestSession({ random: () => 0 });
    await t.use();
    t.clock.advance(46 * MINUTE);
    t.source.behave = () => Promise.reject(new Error('unreachable host'));
    await t.use();
    await settle();
    t.clock.set(t.clock.now() - 120 * MINUTE);
    t.clock.advance(5 * MINUTE);
    await t.use();
    await settle();
    expect(t.source.calls).toBe(3);
  });

  test('row 21: after sleep the first access waits for one refresh, and late timers start no second', async () => {
    using t = createTestSession({ eager: true });
    await settle();
    t.clock.set(t.clock.now() + 8 * 60 * MINUTE);
    const waking = Promise.all([t.use(), t.use()]);
    await t.clock.advanceAsync(46 * MINUTE);
    expect(await waking).toEqual(['KEY-2', 'KEY-2']);
    expect(
      t.events.filter(({ type }) => type === 'refresh.start').map((event) => (event as { reason: string }).reason),
    ).toEqual(['eager', 'expired', 'eager']);
  });

  test.each(['ExpiredToken', 'ExpiredTokenException', 'InvalidToken'])(
    'row 22: a service says %s, the cache says valid: 20 requests succeed, one refresh',
    async (code) => {
      await using aws = await startFakeAws();
      const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
      const role = aws.addRole({ accountId: '111122223333', roleName: 'deploy' });
      const { region, endpoint } = aws.clientConfig(alice);
      let calls = 0;
      using session = createSession({
        region,
        clientDefaults: { endpoint, maxAttempts: 1 },
        credentials: async () => {
          calls++;
          return aws.clientConfig(role).credentials;
        },
      });
      const rejected = (await session.credentials()).accessKeyId;
      aws.fault({ kind: 'error', status: 400, code, match: ({ accessKeyId }) => accessKeyId === rejected });
      const s3 = session.client(S3Client);
      await Promise.all(Array.from({ length: 20 }, () => s3.send(new ListBucketsCommand({}))));
      expect(calls).toBe(2);
      s3.destroy();
    },
  );

  test('row 22: a rejection does not touch the object that was given out, and AccessDenied is none', async () => {
    await using aws = await startFakeAws();
    const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
    const { credentials, region, endpoint } = aws.clientConfig(alice);
    let calls = 0;
    using session = createSession({
      region,
      clientDefaults: { endpoint, maxAttempts: 1 },
      credentials: async () => {
        calls++;
        return credentials;
      },
    });
    aws.fault({ kind: 'error', status: 403, code: 'AccessDenied' });
    const s3 = session.client(S3Client);
    await expect(s3.send(new ListBucketsCommand({}))).rejects.toHaveProperty('name', 'AccessDenied');
    expect(calls).toBe(1);

    const before = await session.credentials();
    const copy = { ...before };
    session.credentials.invalidate(before.accessKeyId);
    await session.credentials();
    expect(before).toEqual(copy);
    s3.destroy();
  });

  test('row 22: a rejection of keys that were replaced meanwhile throws nothing away', async () => {
    using t = createTestSession();
    t.source.behave = () =>
      Promise.resolve(makeCredentials(`SAME-${t.source.calls}`, new Date(t.clock.now() + 60 * MINUTE)));
    await t.use();
    await t.credentials.refresh();
    t.credentials.invalidate('SAME-1');
    expect(await t.use()).toBe('SAME-2');
    expect(t.source.calls).toBe(2);
  });
});
