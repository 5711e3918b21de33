import { createVirtualClock, type VirtualClock } from '@bsm/testing';
import { expect, test, vi } from 'vitest';
import { createSession } from './create-session.js';
import type { AwsCredentialIdentity } from './credentials.js';
import { caught } from './fixtures/caught.js';
import { createGate, makeCredentials, settle } from './fixtures/test-source.js';
import type { RefreshOptions } from './refresh-options.js';
import type { Session } from './session.js';
import { createSessionCache, type SessionCache } from './session-cache.js';
import { backingOf, createSharedCredentials } from './shared-credentials.js';

const MINUTE = 60_000;
const closed = { code: 'ERR_BSM_SESSION_CLOSED' };

interface Started {
  readonly cache: SessionCache<string, Session>;
  /** That of the cache; the session has the system's, so that its deadlines stay out of it. */
  readonly clock: VirtualClock;
  readonly session: Session;
  /** What the source answers in the end. */
  readonly answer: ReturnType<typeof createGate<AwsCredentialIdentity>>;
}

/** A cache with one session, idle after a minute, whose source waits for a test. */
function start(refresh: RefreshOptions = {}): Started {
  const clock = createVirtualClock();
  const answer = createGate<AwsCredentialIdentity>();
  const create = (): Session => createSession({ credentials: () => answer, refresh, region: 'eu-west-1' });
  const cache = createSessionCache<string>({ create, idleMs: MINUTE, clock });
  return { cache, clock, session: cache.get('a'), answer };
}

test('a refresh under way is a use, whoever asked for it, and the session is idle some time after', async () => {
  const { cache, clock, session, answer } = start();
  const asking = session.clientConfig.credentials();
  clock.advance(60 * MINUTE);
  answer.open(makeCredentials('KEY-1'));
  expect(await asking).toMatchObject({ accessKeyId: 'KEY-1' });
  await settle();
  clock.advance(MINUTE - 1);
  expect(await session.credentials()).toMatchObject({ accessKeyId: 'KEY-1' });
  clock.advance(1);
  expect(await caught(() => session.credentials())).toMatchObject(closed);
  cache.close();
});

test('delete waits for it, also for one that fails', async () => {
  const { cache, clock, session, answer } = start();
  const asking = caught(() => session.credentials());
  expect(cache.delete('a')).toBe(true);
  answer.fail(new RangeError('mine'));
  expect(await asking).toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED' });
  await settle();
  clock.advance(MINUTE);
  expect(await caught(() => session.credentials())).toMatchObject(closed);
  cache.close();
});

test('one that clearCache made the session forget is a use until it ends', async () => {
  const { cache, clock, session, answer } = start();
  const asking = session.credentials();
  session.clearCache();
  clock.advance(60 * MINUTE);
  answer.open(makeCredentials('KEY-1'));
  expect(await asking).toMatchObject({ accessKeyId: 'KEY-1' });
  await settle();
  clock.advance(MINUTE);
  expect(await caught(() => session.credentials())).toMatchObject(closed);
  cache.close();
});

test('one that nobody asked for is no use', async () => {
  const { cache, clock, session } = start({ eager: true });
  const reasons: string[] = [];
  session.subscribe((event) => event.type === 'refresh.start' && reasons.push(event.reason));
  await settle();
  expect(reasons).toEqual(['eager']);
  clock.advance(MINUTE);
  expect(await caught(() => session.credentials())).toMatchObject(closed);
  cache.close();
});

test('close breaks it off', async () => {
  const { cache, session } = start();
  const asking = caught(() => session.credentials());
  cache.close();
  expect(await asking).toMatchObject(closed);
});

test('shared credentials that outlive the session are not listened to any more', () => {
  const shared = createSharedCredentials(async () => makeCredentials('KEY-1'));
  const { events } = backingOf(shared)!;
  const subscribe = events.subscribe.bind(events);
  let listeners = 0;
  vi.spyOn(events, 'subscribe').mockImplementation((listener) => {
    const stop = subscribe(listener);
    listeners++;
    return () => {
      listeners--;
      stop();
    };
  });
  using cache = createSessionCache<string>();
  const session = cache.get('a', () => createSession({ credentials: shared, region: 'eu-west-1' }));
  expect(listeners).toBe(1);
  session.close();
  expect([cache.has('a'), listeners]).toEqual([false, 0]);
});
