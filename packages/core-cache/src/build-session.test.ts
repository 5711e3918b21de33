import { STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';
import { describe, expect, test, vi } from 'vitest';
import { createSession } from './create-session.js';
import { principalKey } from './credentials.js';
import { allTextOf, printed } from './fixtures/all-text-of.js';
import { createAwsHome } from './fixtures/aws-home.js';
import { caught } from './fixtures/caught.js';
import recorded from './fixtures/recorded-cases.json' with { type: 'json' };
import { createCountingSource } from './fixtures/sources.js';
import { createSharedCredentials, type Session, type SessionEvent } from './index.js';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-real-one' };
const HOUR_MS = 3_600_000;

class Client {
  send(): void {}
}

const make = (options?: Parameters<typeof createSession>[0]): Session =>
  createSession({ credentials: keys, region: 'eu-west-1', ...options });

const closed = { code: 'ERR_BSM_SESSION_CLOSED' };

async function expectClosed(session: Session): Promise<void> {
  await expect(session.region()).rejects.toMatchObject(closed);
  for (const work of [
    () => session.client(Client),
    () => session.resource('key', () => 1),
    () => session.derive({ credentials: keys }),
    () => session.withRegion('eu-west-1'),
  ]) {
    expect(await caught(work)).toMatchObject(closed);
  }
}

describe('withRegion', () => {
  test('has the same credentials, parent, defaults and principal, and its own region and clients', async () => {
    const source = createCountingSource();
    const session = make({ credentials: source, clientDefaults: { maxAttempts: 2 }, profile: undefined });
    const sibling = session.withRegion('cn-north-1');
    expect(await sibling.region()).toBe('cn-north-1');
    expect(await session.region()).toBe('eu-west-1');
    expect(sibling.credentials).toBe(session.credentials);
    expect(sibling.parent).toBe(session.parent);
    expect(sibling.clientDefaults).toBe(session.clientDefaults);
    await Promise.all([session.credentials(), sibling.credentials()]);
    expect(source.calls()).toBe(1);
  });

  test('gives the same session for the same region, from wherever it is asked, until that one is closed', () => {
    const session = make();
    const sibling = session.withRegion('us-east-1');
    expect(session.withRegion('us-east-1')).toBe(sibling);
    expect(sibling.withRegion('us-east-1')).toBe(sibling);
    const third = sibling.withRegion('us-west-2');
    expect(session.withRegion('us-west-2')).toBe(third);
    sibling.close();
    expect(session.withRegion('us-east-1')).not.toBe(sibling);
    expect(session.withRegion('us-west-2')).toBe(third);
  });

  test('keeps the family of a derived session apart', () => {
    const session = make();
    const child = session.derive({ credentials: keys });
    expect(child.withRegion('us-east-1')).not.toBe(session.withRegion('us-east-1'));
    expect(child.withRegion('us-east-1').parent).toBe(session);
  });

  test('closing one leaves the credentials and the others open', async () => {
    const session = make();
    const sibling = session.withRegion('us-east-1');
    const third = sibling.withRegion('us-west-2');
    sibling.close();
    await expectClosed(sibling);
    await session.credentials();
    await sibling.credentials();
    session.client(Client);
    third.client(Client);
    expect(await third.region()).toBe('us-west-2');
  });

  test('closing the session it came from closes it', async () => {
    const session = make();
    const sibling = session.withRegion('us-east-1');
    const child = session.derive({ credentials: createCountingSource() });
    const ofChild = child.withRegion('us-east-1');
    child.close();
    await expectClosed(ofChild);
    await expect(ofChild.credentials()).rejects.toMatchObject(closed);
    session.close();
    await expectClosed(sibling);
  });
});

describe('derive', () => {
  test('makes a child that inherits what it is not given', async () => {
    const clock = { now: () => 5_000 };
    const session = make({ clientDefaults: { endpoint: 'http://127.0.0.1:1' }, clock, clientCache: { maxSize: 1 } });
    const requests: unknown[] = [];
    const child = session.derive({
      credentials: async (request) => {
        requests.push(await request.callerClientConfig.region());
        return { ...keys, expiration: new Date(6_000) };
      },
    });
    expect(child.parent).toBe(session);
    expect(session.parent).toBeUndefined();
    expect(child.clientDefaults).toBe(session.clientDefaults);
    expect(await child.region()).toBe('eu-west-1');
    await child.credentials();
    expect(requests).toEqual(['eu-west-1']);
    expect(child.isExpired(0)).toBe(false);
    expect(child.isExpired(1)).toBe(true);
    child.client(Client);
    child.client(Client, { maxAttempts: 2 } as never);
    expect(child.cache.clients.size).toBe(1);
  });

  test('with a region of its own', async () => {
    const child = make().derive({ credentials: keys, region: async () => 'us-gov-west-1' });
    expect(await child.region()).toBe('us-gov-west-1');
    expect(await child.withRegion('us-gov-east-1').region()).toBe('us-gov-east-1');
  });

  test('follows the region of a parent that is looked up', async () => {
    vi.stubEnv('AWS_REGION', 'eu-north-1');
    const session = createSession({ credentials: keys });
    const child = session.derive({ credentials: keys });
    expect(await child.region()).toBe('eu-north-1');
    vi.stubEnv('AWS_REGION', 'eu-south-1');
    session.clearCache();
    child.clearCache();
    expect(await child.region()).toBe('eu-south-1');
  });

  test('takes shared credentials as they are, and leaves them open', async () => {
    const shared = createSharedCredentials(createCountingSource());
    const session = make();
    const child = session.derive({ credentials: shared });
    expect(child.credentials).toBe(shared);
    child.close();
    await shared();
    session.close();
    await shared();
  });
});

describe('clearCache', () => {
  test('forgets clients and resources, and keeps explicit keys', async () => {
    const session = make();
    const client = session.client(Client);
    const resource = session.resource('key', () => ({}));
    const ofObject = session.resource(Client, () => ({}));
    const credentials = await session.credentials();
    session.clearCache();
    expect(session.cache.clients.size + session.cache.resources.size).toBe(0);
    expect(session.client(Client)).not.toBe(client);
    expect(session.resource('key', () => ({}))).not.toBe(resource);
    expect(session.resource(Client, () => ({}))).not.toBe(ofObject);
    expect(await session.credentials()).toEqual(credentials);
  });

  test('forgets resolved credentials, the principal and the region', async () => {
    await using home = await createAwsHome();
    await home.writeConfig('[default]', 'region = eu-west-1');
    const principal = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/alice', userId: 'AIDA' };
    const source = createCountingSource({ [principalKey()]: principal } as never);
    const session = createSession({ credentials: source });
    await session.credentials();
    expect(await session.region()).toBe('eu-west-1');
    expect(session.principal).toEqual(principal);
    await home.writeConfig('[default]', 'region = eu-west-2');
    expect(await session.region()).toBe('eu-west-1');
    session.clearCache();
    expect(session.principal).toBeUndefined();
    expect(session.credentials.current).toBeUndefined();
    expect(await session.region()).toBe('eu-west-2');
    expect((await session.credentials()).accessKeyId).toBe('ASIA000000002EXAMPLE');
  });

  test('of a closed session does not take the credentials from those who share them', async () => {
    const source = createCountingSource();
    const session = make({ credentials: source });
    const sibling = session.withRegion('us-east-1');
    await session.credentials();
    sibling.close();
    sibling.clearCache();
    await session.credentials();
    expect(source.calls()).toBe(1);
  });

  test('a region that failed is looked up again without it', async () => {
    const session = createSession({ credentials: keys });
    await expect(session.region()).rejects.toMatchObject({ code: 'ERR_BSM_REGION_UNRESOLVED' });
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    expect(await session.region()).toBe('eu-west-1');
  });

  test('a region is looked up once for all who ask', async () => {
    let calls = 0;
    const session = make({ region: async () => `region-${++calls}` });
    expect(await Promise.all([session.region(), session.region()])).toEqual(['region-1', 'region-1']);
    expect(await session.region()).toBe('region-1');
  });
});

describe('close', () => {
  test('refuses all later work, also of children, and may be called again', async () => {
    const source = createCountingSource();
    const session = make({ credentials: source });
    const child = session.derive({ credentials: createCountingSource() });
    const grandchild = child.derive({ credentials: createCountingSource() });
    await Promise.all([session.credentials(), child.credentials(), grandchild.credentials()]);
    session.close();
    session.close();
    for (const each of [session, child, grandchild]) {
      await expectClosed(each);
      await expect(each.credentials()).rejects.toMatchObject(closed);
      await expect(each.credentials.refresh()).rejects.toMatchObject(closed);
      expect(each.credentials.current).toBeUndefined();
    }
    expect(source.calls()).toBe(1);
  });

  test('of a child closes only that', async () => {
    const session = make();
    const child = session.derive({ credentials: createCountingSource() });
    const other = session.derive({ credentials: createCountingSource() });
    const grandchild = child.derive({ credentials: createCountingSource() });
    child.close();
    await expectClosed(child);
    await expect(child.credentials()).rejects.toMatchObject(closed);
    await Promise.all([session.credentials(), other.credentials(), grandchild.credentials()]);
  });

  test('forgets clients and resources', () => {
    const session = make();
    session.client(Client);
    session.resource('key', () => ({}));
    session.close();
    expect(session.cache.clients.size + session.cache.resources.size).toBe(0);
  });

  test('happens at the end of a scope', async () => {
    let left: Session;
    {
      using session = make();
      left = session;
    }
    await expectClosed(left);
  });

  test('ends a refresh under way, for all who wait', async () => {
    let aborted = false;
    const session = make({
      credentials: (request) =>
        new Promise<never>((_resolve, reject) => {
          request.signal.addEventListener('abort', () => {
            aborted = true;
            reject(request.signal.reason as Error);
          });
        }),
    });
    const waiting = [session.credentials(), session.credentials()];
    session.close();
    for (const each of waiting) await expect(each).rejects.toMatchObject(closed);
    expect(aborted).toBe(true);
  });

  test('of an answer that is still to come forgets it', async () => {
    let answer = (_credentials: typeof keys): void => {};
    const session = make({
      credentials: () =>
        new Promise<typeof keys>((resolve) => {
          answer = resolve;
        }),
    });
    const waiting = session.credentials();
    session.close();
    answer(keys);
    await expect(waiting).rejects.toMatchObject(closed);
    expect(session.credentials.current).toBeUndefined();
  });

  test('leaves questions without work open', () => {
    const session = make();
    session.close();
    expect(session.isExpired()).toBe(false);
    expect(() => session.clearCache()).not.toThrow();
    expect(session.principal).toBeUndefined();
  });

  test('a maker that closes the session does not bring its resource back', () => {
    const session = make();
    expect(
      session.resource('key', () => {
        session.close();
        return 1;
      }),
    ).toBe(1);
  });
});

describe('isExpired', () => {
  test.each(recorded.isExpired)(
    'recorded case: $expiresInSeconds s left, $delta s ahead',
    ({ expiresInSeconds, delta, out }) => {
      const now = Date.UTC(2026, 10, 21);
      const expiration = new Date(now + expiresInSeconds * 1_000);
      const session = make({ credentials: { ...keys, expiration }, clock: { now: () => now } });
      expect(session.isExpired(delta)).toBe(out);
    },
  );

  test('is true from the moment of the end on, and not before', () => {
    let now = 0;
    const session = make({ credentials: { ...keys, expiration: new Date(HOUR_MS) }, clock: { now: () => now } });
    now = HOUR_MS - 1;
    expect(session.isExpired()).toBe(false);
    now = HOUR_MS;
    expect(session.isExpired()).toBe(true);
  });

  test.each([0, 1, 1e12, Infinity])('is false while no end is known (%s)', async (delta) => {
    const session = make({ credentials: createCountingSource() });
    expect(session.isExpired(delta)).toBe(false);
    await session.credentials();
    expect(session.isExpired(delta)).toBe(false);
  });

  test('literal credentials may say when they end as text, as files and other tools do', () => {
    const expiration = '2099-01-01T00:00:00Z' as never;
    const session = make({ credentials: { ...keys, expiration }, clock: { now: () => Date.UTC(2098, 11, 31, 23) } });
    expect(session.credentials.expiration).toEqual(new Date(Date.UTC(2099, 0)));
    expect([session.isExpired(3_599), session.isExpired(3_600)]).toEqual([false, true]);
  });

  test('literal credentials that have ended are refused', async () => {
    const session = make({ credentials: { ...keys, expiration: new Date(0) } });
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
  });
});

describe('recorded cases of the client cache', () => {
  test('a client is made once, by whichever way', () => {
    const session = make();
    expect(session.client(Client)).toBe(session.client(Client));
    expect(recorded.clientCache.filter(({ status }) => status === 'match').map(({ sameObject }) => sameObject)).toEqual(
      [true, true, false],
    );
  });

  test('another region is another client: the mended form of the recorded fault', () => {
    const fault = recorded.clientCache.find(({ status }) => status === 'upstream-bug');
    expect(fault).toMatchObject({ sameObject: true, region: 'us-east-1' });
    using session = make({ region: 'us-east-1' });
    expect(session.client(STSClient, { region: 'eu-west-1' })).not.toBe(session.client(STSClient));
  });
});

describe('subscribe', () => {
  async function eventsOf(subscribe: (session: Session, heard: string[]) => void): Promise<string[]> {
    const session = make({ credentials: createCountingSource() });
    const heard: string[] = [];
    subscribe(session, heard);
    await session.credentials();
    return heard;
  }

  test('tells each listener what happens until it is taken back', async () => {
    const session = make({ credentials: createCountingSource() });
    const heard: string[] = [];
    const stop = session.subscribe((event) => heard.push(event.type));
    await session.credentials();
    expect(heard).toEqual(['refresh.start', 'refresh.success']);
    stop();
    stop();
    await session.credentials.refresh();
    expect(heard).toHaveLength(2);
  });

  test('a session in another region hears the same', async () => {
    const heard = await eventsOf((session, list) =>
      session.withRegion('us-east-1').subscribe(({ type }) => list.push(type)),
    );
    expect(heard).toEqual(['refresh.start', 'refresh.success']);
  });

  test('a child and its parent hear only their own', async () => {
    const session = make({ credentials: createCountingSource() });
    const heard: string[] = [];
    session.subscribe(() => heard.push('parent'));
    const child = session.derive({ credentials: createCountingSource() });
    child.subscribe(() => heard.push('child'));
    await child.credentials();
    expect(heard).toEqual(['child', 'child']);
  });
});

describe('what is printed', () => {
  test.each(['provider', 'literal'] as const)('never shows a secret (%s)', async (kind) => {
    const source = createCountingSource({ expiration: new Date(Date.now() + HOUR_MS) });
    const credentials = kind === 'literal' ? await source() : source;
    const proxy = { requestHandler: { proxy: `http://me:${source.secrets()[0] ?? 'open-sesame'}@proxy` } };
    const session = make({ credentials, clientDefaults: proxy });
    const events: SessionEvent[] = [];
    session.subscribe((event) => events.push(event));
    await session.credentials();
    const child = session.derive({ credentials });
    await child.credentials();
    const resolved = await session.credentials();
    await session.credentials.refresh();
    session.credentials.invalidate();
    for (const value of [
      session,
      child,
      session.withRegion('us-east-1'),
      session.credentials,
      session.clientConfig,
      resolved,
    ]) {
      const text = printed(value);
      for (const secret of source.secrets()) expect(text).not.toContain(secret);
    }
    expect(allTextOf(events)).toContain('ASIA***MPLE');
    for (const secret of source.secrets()) expect(allTextOf(events)).not.toContain(secret);
    expect(source.secrets()).toContain(resolved.secretAccessKey);
  });

  test('a session shows what tells it from others', async () => {
    const session = make({ credentials: { ...keys, expiration: new Date(Date.UTC(2099, 0)) }, profile: 'dev' });
    const shown = {
      region: 'eu-west-1',
      profile: 'dev',
      credentials: { accessKeyId: 'AKIA***MPLE', expiration: '2099-01-01T00:00:00.000Z' },
    };
    expect(JSON.parse(JSON.stringify(session))).toEqual(shown);
    session.close();
    expect(JSON.parse(JSON.stringify(session))).toEqual({ region: 'eu-west-1', profile: 'dev' });
  });

  test('a failing source shows nothing of what it held', async () => {
    await using aws = await startFakeAws();
    const role = aws.addRole({ accountId: '111122223333', roleName: 'worker' });
    const { secretAccessKey, sessionToken } = aws.clientConfig(role).credentials;
    const answer = { secretAccessKey, sessionToken };
    const events: SessionEvent[] = [];
    const session = make({
      credentials: () => Promise.reject(Object.assign(new Error(`bad answer ${JSON.stringify(answer)}`), { answer })),
    });
    session.subscribe((event) => events.push(event));
    const error = await caught(() => session.credentials());
    for (const text of [allTextOf(error), allTextOf(events)]) {
      expect(text).not.toContain(secretAccessKey);
      expect(text).not.toContain(sessionToken);
    }
  });
});
