import { channel } from 'node:diagnostics_channel';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { awsError, createTestSession, makeCredentials, settle } from './fixtures/test-source.js';

const MINUTE = 60_000;

test('each decision is an event, with durations and a masked key id, in order', async () => {
  using t = createTestSession({ random: () => 0 });
  const start = t.clock.now();
  t.source.behave = async () => {
    t.clock.advance(250);
    return makeCredentials('ASIAIOSFODNN7EXAMPLE', new Date(start + 60 * MINUTE));
  };
  await t.use();
  t.clock.advance(50 * MINUTE);
  t.source.behave = () => Promise.reject(awsError('Throttling'));
  await t.use();
  await settle();
  t.credentials.invalidate('ASIAIOSFODNN7EXAMPLE');
  t.credentials.invalidate('ASIAIOSFODNN7EXAMPLE');

  const at = expect.any(Date);
  const accessKeyId = 'ASIA***MPLE';
  expect(t.events).toEqual([
    { type: 'refresh.start', at, reason: 'initial', accessKeyId: undefined },
    {
      type: 'refresh.success',
      at: new Date(start + 250),
      reason: 'initial',
      durationMs: 250,
      accessKeyId,
      expiration: new Date(start + 60 * MINUTE),
    },
    { type: 'refresh.start', at, reason: 'advisory', accessKeyId },
    {
      type: 'refresh.failure',
      at,
      reason: 'advisory',
      durationMs: 0,
      error: expect.objectContaining({ code: 'ERR_BSM_THROTTLED' }),
      terminal: false,
    },
    { type: 'refresh.backoff', at, delayMs: 300_000 },
    { type: 'refresh.stale-served', at, accessKeyId, remainingMs: 10 * MINUTE - 250 },
    { type: 'refresh.invalidated', at, accessKeyId },
  ]);
});

test.each([
  ['mandatory', 59 * MINUTE + 1, {}],
  ['expired', 60 * MINUTE, {}],
  ['remaining', 30 * MINUTE, { minRemainingMs: 40 * MINUTE }],
  ['forced', 0, { forceRefresh: true }],
])('a refresh says why it started: %s', async (reason, age, request) => {
  using t = createTestSession();
  await t.use();
  t.clock.advance(age);
  await t.use(request);
  expect(t.events.slice(2)).toMatchObject([
    { type: 'refresh.start', reason },
    { type: 'refresh.success', reason },
  ]);
});

test('a refresh of rejected credentials says so', async () => {
  using t = createTestSession();
  await t.use();
  t.credentials.invalidate();
  await t.use();
  expect(t.events.slice(2)).toMatchObject([
    { type: 'refresh.invalidated' },
    { type: 'refresh.start', reason: 'invalidated' },
    { type: 'refresh.success', reason: 'invalidated' },
  ]);
});

test('an end that passed under while-refresh-fails shows as negative', async () => {
  using t = createTestSession({ serveExpired: 'while-refresh-fails' });
  await t.use();
  t.clock.advance(61 * MINUTE);
  t.source.behave = () => Promise.reject(awsError('Throttling'));
  expect(await t.use()).toBe('KEY-1');
  expect(t.events.at(-1)).toMatchObject({ type: 'refresh.stale-served', remainingMs: -MINUTE });
});

test('no event, error or channel message holds a secret', async () => {
  using t = createTestSession();
  const published: unknown[] = [];
  const listener = (message: unknown): void => void published.push(message);
  channel('bsm:session').subscribe(listener);
  const { secretAccessKey, sessionToken = '' } = makeCredentials('ASIAIOSFODNN7EXAMPLE');
  await t.use();
  t.source.behave = () =>
    Promise.reject(
      Object.assign(new Error(`could not parse SecretAccessKey=${secretAccessKey}`), {
        $responseBodyText: secretAccessKey + sessionToken,
        $response: { body: secretAccessKey },
      }),
    );
  const error = await t.credentials.refresh().catch((reason: unknown) => reason);
  channel('bsm:session').unsubscribe(listener);

  expect(published).toEqual(t.events);
  for (const shown of [t.events, error, t.session.credentials, t.session]) {
    const text = inspect(shown, { depth: 20, showHidden: true }) + JSON.stringify(shown);
    expect(text).not.toContain(secretAccessKey);
    expect(text).not.toContain('token-of');
  }
});

test('a listener that asks for credentials when a refresh starts joins it; one that throws is ignored', async () => {
  using t = createTestSession();
  const asked: Promise<string>[] = [];
  t.session.subscribe(({ type }) => {
    if (type === 'refresh.start') asked.push(t.use());
    throw new Error('a broken listener');
  });
  expect(await t.use()).toBe('KEY-1');
  expect(await Promise.all(asked)).toEqual(['KEY-1']);
  expect(t.source.calls).toBe(1);
});
