import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromContainerMetadata, fromHttp, fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { createSession, type Session } from '@bsm/core-cache';
import { type FakeAws, type FakeAwsOptions, startFakeAws } from '@bsm/testing';
import { describe, expect, test, vi } from 'vitest';
import { ask, keyServed, tokenOf } from './fixtures/ask-endpoint.js';
import { createGate } from './fixtures/gate.js';
import { createServedSource } from './fixtures/served-source.js';
import { type CredentialServer, serveCredentials } from './index.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const accessDenied = (): Promise<never> => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
const down = (): Promise<never> => Promise.reject(new Error('down'));

/** Asks `times` times and returns the keys without repetition. */
async function keysServed(server: CredentialServer, times: number): Promise<string[]> {
  const keys = new Set<string>();
  for (let turn = 0; turn < times; turn++) keys.add(await keyServed(server));
  return [...keys];
}

interface RoleWorld extends AsyncDisposable {
  readonly aws: FakeAws;
  readonly session: Session;
}

/** A session of a role, in the time of the fake AWS. */
async function roleWorld(durationSeconds: number, options?: FakeAwsOptions): Promise<RoleWorld> {
  const aws = await startFakeAws(options);
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const role = aws.addRole({ accountId: '444455556666', roleName: 'build', trust: { principals: alice.arn } });
  const { credentials: masterCredentials, region, endpoint } = aws.clientConfig(alice);
  const credentials = fromTemporaryCredentials({
    masterCredentials,
    params: { RoleArn: role.arn, RoleSessionName: 'child', DurationSeconds: durationSeconds },
    clientConfig: { region, endpoint },
  });
  const session = createSession({ credentials, region, clock: aws.clock });
  return {
    aws,
    session,
    async [Symbol.asyncDispose]() {
      session.close();
      await aws.close();
    },
  };
}

describe('how often AWS is asked', () => {
  test('twenty calls of boto3 on credentials of 900 seconds, below its 15 minutes at each of them, are one AssumeRole', async () => {
    await using world = await roleWorld(900);
    await using server = await serveCredentials(world.session);
    const keys = new Set<string>();
    for (let call = 0; call < 20; call++) {
      keys.add(await keyServed(server));
      world.aws.clock.advance(1_000);
    }
    expect([...keys]).toEqual([expect.stringMatching(/^ASIA/)]);
    expect(world.aws.count('AssumeRole')).toBe(1);
  });

  test('an hour of calls each half minute on credentials of 900 seconds is one AssumeRole in ten minutes', async () => {
    await using world = await roleWorld(900);
    await using server = await serveCredentials(world.session);
    for (let call = 0; call < 120; call++) {
      const { json } = await ask(server);
      expect(Date.parse(json['Expiration'] ?? '')).toBeGreaterThan(world.aws.clock.now());
      await world.aws.clock.advanceAsync(MINUTE_MS / 2);
    }
    expect(world.aws.count('AssumeRole')).toBeLessThanOrEqual(7);
  });

  test('on credentials of an hour a child never sees less than 15 minutes', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    for (let minute = 0; minute < 120; minute++) {
      const { json } = await ask(server);
      expect(Date.parse(json['Expiration'] ?? '') - source.clock.now()).toBeGreaterThan(15 * MINUTE_MS);
      await source.clock.advanceAsync(MINUTE_MS);
    }
    expect(source.calls).toBe(3);
  });

  test('two hundred requests at once of a session whose credentials have ended are one call', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    source.clock.set(source.clock.now() + 2 * HOUR_MS);
    expect(new Set(await Promise.all(Array.from({ length: 200 }, () => keyServed(server))))).toEqual(
      new Set(['KEY-2']),
    );
    expect(source.calls).toBe(2);
  });

  test('a source that shortens its answers is asked once for more', async () => {
    using source = createServedSource({ lifetimeMs: 10 * MINUTE_MS });
    source.behave = () => source.fresh(source.calls === 1 ? HOUR_MS : 10 * MINUTE_MS);
    await using server = await serveCredentials(source.session);
    // The timer of the server does not see a clock that is set.
    source.clock.set(source.clock.now() + 50 * MINUTE_MS);
    expect(await keysServed(server, 20)).toEqual(['KEY-2']);
    expect(source.calls).toBe(2);
  });
});

describe('kept fresh without being asked', () => {
  test('by a timer, before children would ask for more', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    await source.clock.advanceAsync(43 * MINUTE_MS);
    expect(source.calls).toBe(1);
    await source.clock.advanceAsync(2 * MINUTE_MS);
    expect(source.calls).toBe(2);
    source.behave = down;
    expect(await keyServed(server)).toBe('KEY-2');
    expect(source.calls).toBe(2);
  });

  test('the timer finds credentials that were forgotten or rejected', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    source.session.clearCache();
    await source.clock.advanceAsync(MINUTE_MS);
    expect(source.session.credentials.current?.accessKeyId).toBe('KEY-2');
    source.session.credentials.invalidate('KEY-2');
    await source.clock.advanceAsync(MINUTE_MS);
    expect(source.session.credentials.current?.accessKeyId).toBe('KEY-3');
    expect(await keyServed(server)).toBe('KEY-3');
  });

  test.each([
    ['denies', accessDenied],
    ['is down', down],
  ])('a source that %s is not asked more than once a minute while no child asks', async (_, behave) => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    source.behave = behave;
    await source.clock.advanceAsync(5 * HOUR_MS);
    expect(source.calls).toBeGreaterThan(4);
    expect(source.calls).toBeLessThan(5 * 60);
    expect((await ask(server)).status).toBe(503);
  });

  test('a person is not asked for a code before the last minute unless a child needs it', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(
      source.session.derive({
        credentials: async () => {
          const { accessKeyId, ...rest } = await source.session.credentials({ forceRefresh: true });
          return { accessKeyId: `MFA-${accessKeyId}`, ...rest };
        },
        interactiveMs: 60_000,
      }),
    );
    await source.clock.advanceAsync(50 * MINUTE_MS);
    expect(source.calls).toBe(1);
    expect(await keyServed(server)).toBe('MFA-KEY-2');
  });
});

describe('when the source fails', () => {
  test('valid credentials are served, whatever it does, and 503 says why only after their end', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    for (const behave of [down, accessDenied]) {
      source.behave = behave;
      source.clock.set(source.clock.now() + 25 * MINUTE_MS);
      expect(await keysServed(server, 3)).toEqual(['KEY-1']);
    }
    source.clock.set(source.clock.now() + 10 * MINUTE_MS);
    const { status, json } = await ask(server);
    expect([status, json]).toEqual([503, { Code: 'ERR_BSM_ACCESS_DENIED', Message: expect.stringContaining('no') }]);
    source.behave = () => source.fresh();
    source.clock.advance(5_000);
    expect(await keyServed(server)).toBe('KEY-2');
  });

  test('one that hangs delays nobody for long: valid credentials are served, then 503', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    const gate = createGate();
    source.behave = async () => {
      await gate;
      return source.fresh();
    };
    source.clock.set(source.clock.now() + 50 * MINUTE_MS);
    expect(await keyServed(server)).toBe('KEY-1');
    source.clock.set(source.clock.now() + 10 * MINUTE_MS);
    expect(await ask(server)).toEqual({
      status: 503,
      json: { Code: 'CredentialsNotReady', Message: 'The session has no valid credentials yet. Try again.' },
    });
    gate.open();
    expect(await keyServed(server)).toBe('KEY-2');
  });

  test('a failure that may pass is held back for a moment, in which others may have more luck', async () => {
    using main = createServedSource();
    using source = createServedSource();
    source.behave = down;
    await using server = await serveCredentials(main.session);
    const child = server.add(source.session);
    await expect(child.ready).rejects.toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED', retryable: true });
    const answer = keyServed(child);
    await vi.waitUntil(() => source.calls === 2);
    source.behave = () => source.fresh();
    await source.session.credentials();
    expect(await answer).toBe('KEY-1');
  });

  test('nothing expired is served, also by a session that would', async () => {
    using source = createServedSource({ refresh: { serveExpired: 'while-refresh-fails' } });
    await using server = await serveCredentials(source.session);
    source.behave = down;
    source.clock.advance(HOUR_MS - 1);
    expect((await ask(server)).status).toBe(200);
    source.clock.advance(1);
    expect((await source.session.credentials()).accessKeyId).toBe('KEY-1');
    expect((await ask(server)).status).toBe(503);
  });

  test('what is left of the last second is none, since the answer has whole ones', async () => {
    using source = createServedSource({ lifetimeMs: HOUR_MS + 500 });
    await using server = await serveCredentials(source.session);
    source.behave = down;
    source.clock.advance(HOUR_MS - 1);
    expect((await ask(server)).status).toBe(200);
    source.clock.advance(1);
    expect((await source.session.credentials()).accessKeyId).toBe('KEY-1');
    expect((await ask(server)).status).toBe(503);
  });

  test('a session that is closed meanwhile is 503, for its child only', async () => {
    using source = createServedSource();
    using other = createServedSource();
    await using server = await serveCredentials(source.session);
    const child = server.add(other.session);
    await child.ready;
    other.session.close();
    expect(await ask(child)).toMatchObject({ status: 503, json: { Code: 'ERR_BSM_SESSION_CLOSED' } });
    expect(await keyServed(server)).toBe('KEY-1');
  });

  test('what a failure says holds no secret', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    source.behave = () => Promise.reject(new Error('secretAccessKey: wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'));
    source.clock.advance(HOUR_MS);
    expect(JSON.stringify(await ask(server))).not.toContain('wJalr');
  });
});

describe('clock jumps', () => {
  test('forward beyond the end: the next request gets new credentials', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    source.clock.set(source.clock.now() + 24 * HOUR_MS);
    expect(await keyServed(server)).toBe('KEY-2');
  });

  test('back: credentials do not live longer than they were issued for', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    source.clock.set(source.clock.now() - 2 * HOUR_MS);
    expect(await keyServed(server)).toBe('KEY-1');
    source.behave = down;
    await source.clock.advanceAsync(HOUR_MS);
    // Two hours remain by the clock that was set back.
    expect((await ask(server)).status).toBe(503);
  });

  test('back: nor by a session that serves what has ended', async () => {
    using source = createServedSource({ refresh: { serveExpired: 'while-refresh-fails' } });
    await using server = await serveCredentials(source.session);
    source.clock.set(source.clock.now() - 2 * HOUR_MS);
    source.behave = down;
    await source.clock.advanceAsync(HOUR_MS);
    expect((await source.session.credentials()).accessKeyId).toBe('KEY-1');
    expect((await ask(server)).status).toBe(503);
  });

  test('back and forth by a day, at random, never serves what has ended', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    const start = source.clock.now();
    for (let jump = 1; jump <= 40; jump++) {
      source.clock.set(start + Math.sin(jump * 7) * 24 * HOUR_MS);
      await source.clock.advanceAsync((jump % 5) * 10 * MINUTE_MS);
      const { status, json } = await ask(server);
      expect(status).toBe(200);
      expect(Date.parse(json['Expiration'] ?? '')).toBeGreaterThan(source.clock.now());
    }
  });
});

describe('a child that lives through expiries', () => {
  const EXPIRIES = 6;
  const LIFETIME_MS = 60_000;
  // The SDK goes by real time, which stands still here: from this start on, what it gets never ends in more than five minutes by
  // its clock, so that it asks at every call.
  const shortLived = (): FakeAwsOptions => ({
    credentialLifetimeMs: LIFETIME_MS,
    startAt: new Date(Date.now() - EXPIRIES * LIFETIME_MS),
  });

  /** Uses one client through several lifetimes; the fake AWS refuses credentials that have ended. */
  async function live(world: RoleWorld, client: STSClient): Promise<(string | undefined)[]> {
    const arns: (string | undefined)[] = [];
    for (let half = 0; half <= 2 * EXPIRIES; half++) {
      arns.push((await client.send(new GetCallerIdentityCommand({}))).Arn);
      await world.aws.clock.advanceAsync(LIFETIME_MS / 2);
    }
    client.destroy();
    return arns;
  }

  const expected = Array.from({ length: 2 * EXPIRIES + 1 }, () => 'arn:aws:sts::444455556666:assumed-role/build/child');

  test('by fromHttp of the SDK: none of its calls fails', async () => {
    await using world = await roleWorld(900, shortLived());
    await using server = await serveCredentials(world.session);
    const credentials = fromHttp({
      awsContainerCredentialsFullUri: server.url,
      awsContainerAuthorizationToken: tokenOf(server),
    });
    const { endpoint } = world.aws;
    const client = new STSClient({ credentials, endpoint, region: 'us-east-1' });
    expect(await live(world, client)).toEqual(expected);
    expect(world.aws.count('AssumeRole')).toBeGreaterThan(EXPIRIES);
  });

  test.each([{ tokenFile: false }, { tokenFile: true }])(
    'by the variables of env, %o: none of its calls fails',
    async (options) => {
      await using world = await roleWorld(900, shortLived());
      await using server = await serveCredentials(world.session, options);
      for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
      const { endpoint } = world.aws;
      const credentials = options.tokenFile ? fromHttp({}) : fromContainerMetadata({});
      const client = new STSClient({ credentials, endpoint, region: 'us-east-1' });
      expect(await live(world, client)).toEqual(expected);
    },
  );
});
