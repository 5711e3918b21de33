import { randomUUID } from 'node:crypto';
import { Agent } from 'node:https';
import { expect, test } from 'vitest';
import { createCache } from './cache.js';
import { createSession } from './create-session.js';
import { createSessionFactory } from './create-session-factory.js';
import { runWithSession, setDefaultSession } from './default-session.js';
import { allTextOf } from './fixtures/all-text-of.js';
import { caught } from './fixtures/caught.js';
import { fromSessionLike } from './from-session-like.js';
import type { Session } from './session.js';

const secret = `s${randomUUID().replaceAll('-', '')}`;
const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret };
const session: Session = createSession({ credentials: keys, region: 'eu-west-1' });

class Client {
  send(): void {}
}

/** Whatever type is asked for: what a program without types may pass. */
// biome-ignore lint/suspicious/noExplicitAny: the point of these tests is to pass what the types refuse.
const wrong = (value: unknown): any => value;

const MAKERS: Record<string, (options: unknown) => unknown> = {
  createSession: (options) => createSession(wrong(options)),
  derive: (options) => session.derive(wrong(options)),
  createCache: (options) => createCache(wrong(options)),
};

test.each<[maker: keyof typeof MAKERS, option: string, options: unknown]>([
  ['createSession', 'options', null],
  ['createSession', 'options', [secret]],
  ['createSession', 'options', secret],
  ['createSession', 'accessKeyId', keys],
  ['createSession', 'profil', { profil: secret }],
  ['createSession', 'profile', { profile: '' }],
  ['createSession', 'profile', { profile: [secret] }],
  ['createSession', 'region', { region: `${secret}.evil.com/` }],
  ['createSession', 'region', { region: '' }],
  ['createSession', 'region', { region: null }],
  ['createSession', 'credentials', { credentials: secret }],
  ['createSession', 'credentials', { credentials: null }],
  ['createSession', 'credentials', { credentials: { secretAccessKey: secret } }],
  ['createSession', 'credentials', { credentials: { ...keys, accessKeyId: '' } }],
  ['createSession', 'credentials', { credentials: { AccessKeyId: 'x', SecretAccessKey: secret } }],
  ['createSession', 'credentials', { credentials: { ...keys, sessionToken: [secret] } }],
  ['createSession', 'credentials', { credentials: { ...keys, expiration: secret } }],
  ['createSession', 'credentials', { credentials: { ...keys, expiration: new Date(Number.NaN) } }],
  ['createSession', 'credentials', { credentials: [keys] }],
  [
    'createSession',
    'credentials',
    {
      credentials: {
        get accessKeyId() {
          throw new Error(secret);
        },
      },
    },
  ],
  ['createSession', 'mfaToken', { mfaToken: 123_456 }],
  ['createSession', 'mfaToken', { mfaToken: '' }],
  ['createSession', 'clientDefaults', { clientDefaults: secret }],
  ['createSession', 'clientDefaults', { clientDefaults: [secret] }],
  ['createSession', 'clientDefaults.credentials', { clientDefaults: { credentials: keys } }],
  ['createSession', 'clientDefaults.region', { clientDefaults: { region: secret } }],
  ['createSession', 'clientDefaults.signer', { clientDefaults: { signer: { secret } } }],
  ['createSession', 'clientCache.policy', { clientCache: { policy: secret } }],
  ['createSession', 'clientCache.maxSize', { clientCache: { maxSize: -1 } }],
  ['createSession', 'clientCache.size', { clientCache: { size: 1 } }],
  ['createSession', 'clientCache', { clientCache: null }],
  ['createSession', 'resourceCache.maxSize', { resourceCache: { maxSize: 1.5 } }],
  ['createSession', 'resourceCache.onEvict', { resourceCache: { onEvict: () => {} } }],
  ['createSession', 'pool', { pool: secret }],
  ['createSession', 'pool', { pool: [] }],
  ['createSession', 'pool.sockets', { pool: { sockets: 1 } }],
  ['createSession', 'pool.maxSockets', { pool: { maxSockets: 0 } }],
  ['createSession', 'pool.maxSockets', { pool: { maxSockets: 1.5 } }],
  ['createSession', 'pool.maxSockets', { pool: { maxSockets: secret } }],
  ['createSession', 'pool.ca', { pool: { ca: '' } }],
  ['createSession', 'pool.ca', { pool: { ca: [] } }],
  ['createSession', 'pool.ca', { pool: { ca: [secret, 1] } }],
  ['createSession', 'pool.ca', { pool: { ca: secret, httpsAgent: new Agent() } }],
  ['createSession', 'pool.httpsAgent', { pool: { httpsAgent: { maxSockets: 1 } } }],
  ['createSession', 'pool.httpAgent', { pool: { httpAgent: secret } }],
  ['createSession', 'refresh', { refresh: secret }],
  ['createSession', 'refresh.window', { refresh: { window: 1 } }],
  ['createSession', 'refresh.timeoutMs', { refresh: { timeoutMs: 0 } }],
  ['createSession', 'refresh.backoffMs', { refresh: { backoffMs: [2, 1] } }],
  ['createSession', 'clock', { clock: Date.now }],
  ['createSession', 'clock.now', { clock: {} }],
  ['createSession', 'clock.monotonic', { clock: { now: Date.now, monotonic: 1 } }],
  ['createSession', 'clock.setTimeout', { clock: { now: Date.now, setTimeout: secret } }],
  ['derive', 'credentials', undefined],
  ['derive', 'credentials', {}],
  ['derive', 'options', null],
  ['derive', 'credentials', { credentials: { accessKeyId: 'x', secretAccessKey: '' } }],
  ['derive', 'profile', { credentials: keys, profile: secret }],
  ['derive', 'region', { credentials: keys, region: `${secret}!` }],
  ['derive', 'refresh.eager', { credentials: keys, refresh: { eager: 1 } }],
  ['derive', 'interactiveMs', { credentials: keys, interactiveMs: Infinity }],
  ['createCache', 'options', null],
  ['createCache', 'maxSize', { maxSize: secret }],
  ['createCache', 'maxSize', { maxSize: Number.NaN }],
  ['createCache', 'policy', { policy: 'fifo' }],
  ['createCache', 'onEvict', { onEvict: {} }],
  ['createCache', 'ttl', { ttl: 1 }],
])('%s refuses a wrong "%s" (%#)', async (maker, option, options) => {
  await expectRefusal(() => MAKERS[maker]?.(options), option);
});

test.each<[call: string, option: string, action: () => unknown]>([
  ['client()', 'Client', () => session.client(wrong(undefined))],
  ['client()', 'Client', () => session.client(wrong({ send() {} }))],
  ['client()', 'Client', () => session.client(wrong(class {}))],
  ['client()', 'Client', () => session.client(wrong(() => secret))],
  ['client()', 'Client', () => session.client(wrong('s3'))],
  ['client()', 'config', () => session.client(Client, wrong(secret))],
  ['client()', 'config', () => session.client(Client, wrong(null))],
  ['client()', 'config', () => session.client(Client, wrong([secret]))],
  ['resource()', 'key', () => session.resource(wrong(1), () => 1)],
  ['resource()', 'key', () => session.resource(wrong(null), () => 1)],
  ['resource()', 'create', () => session.resource('key', wrong({ secret }))],
  ['withRegion()', 'region', () => session.withRegion(`${secret}/`)],
  ['withRegion()', 'region', () => session.withRegion(wrong(undefined))],
  ['withRegion()', 'region', () => session.withRegion(wrong(async () => 'eu-west-1'))],
  ['isExpired()', 'deltaSeconds', () => session.isExpired(wrong(secret))],
  ['isExpired()', 'deltaSeconds', () => session.isExpired(Number.NaN)],
  ['isExpired()', 'deltaSeconds', () => session.isExpired(wrong(null))],
  ['subscribe()', 'listener', () => session.subscribe(wrong({ secret }))],
  ['setDefaultSession', 'session', () => setDefaultSession(wrong(null))],
  ['setDefaultSession', 'session', () => setDefaultSession(wrong(keys))],
  ['runWithSession', 'session', () => runWithSession(wrong(undefined), () => 1)],
  ['runWithSession', 'fn', () => runWithSession(session, wrong(secret))],
  ['fromSessionLike', 'source', () => fromSessionLike(wrong(undefined))],
  ['fromSessionLike', 'source', () => fromSessionLike(wrong({ credentials: keys }))],
  ['createSessionFactory', 'defaultCredentials', () => createSessionFactory(wrong(undefined))],
  ['createSessionFactory', 'defaultCredentials', () => createSessionFactory(wrong({ defaultCredentials: secret }))],
])('%s refuses a wrong "%s" (%#)', async (_call, option, action) => {
  await expectRefusal(action, option);
});

test('credentials() refuses a wrong time', async () => {
  await expectRefusal(() => session.credentials({ minRemainingMs: -1 }), 'minRemainingMs');
});

async function expectRefusal(action: () => unknown, option: string): Promise<void> {
  const error = await caught(action);
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
  expect((error as Error).message).toContain(`"${option}"`);
  expect(allTextOf(error)).not.toContain(secret);
}

test('makes no call and reads no file to check', () => {
  let calls = 0;
  const source = async (): Promise<typeof keys> => {
    calls++;
    return keys;
  };
  createSession({ credentials: source, region: async () => 'eu-west-1', profile: 'absent' });
  createSession({
    credentials: source,
    clock: { now: () => 0 },
    clientCache: { maxSize: Infinity, policy: undefined },
    pool: { maxSockets: Infinity, ca: [secret, new Uint8Array(1)], httpAgent: undefined },
  });
  createSession({ credentials: source, pool: { httpsAgent: new Agent(), ca: undefined } });
  expect(calls).toBe(0);
});
