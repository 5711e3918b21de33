import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, stop } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { awsError, createGate, createTestSession, settle } from './fixtures/test-source.js';
import type { AwsCredentialIdentity } from './index.js';

const MINUTE = 60_000;
const CALLERS = 10_000;

describe('C. callers and runtime', () => {
  test('row 23: 10,000 callers on a cold cache: one call', async () => {
    using t = createTestSession();
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => t.use()));
    expect(new Set(answers)).toEqual(new Set(['KEY-1']));
    expect(t.source.calls).toBe(1);
  });

  test('row 24: 10,000 callers inside the advisory window: one call, all are served while it runs', async () => {
    using t = createTestSession();
    await t.use();
    t.clock.advance(50 * MINUTE);
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const answers = await Promise.all(Array.from({ length: CALLERS }, () => t.use()));
    expect(new Set(answers)).toEqual(new Set(['KEY-1']));
    gate.open(t.source.fresh());
    await settle();
    expect(t.source.calls).toBe(2);
    expect(await t.use()).toBe('KEY-2');
  });

  test('row 25: 10,000 callers at expiry with a failing source: one call, then one a back-off', async () => {
    using t = createTestSession({ random: () => 0 });
    await t.use();
    t.clock.advance(60 * MINUTE);
    t.source.behave = () => Promise.reject(awsError('Throttling'));
    for (let round = 1; round <= 3; round++) {
      const answers = await Promise.all(Array.from({ length: CALLERS }, () => t.use()));
      expect(new Set(answers)).toEqual(new Set(['ERR_BSM_THROTTLED']));
      await t.use();
      expect(t.source.calls).toBe(1 + round);
      t.clock.advance(500);
    }
  });

  test('row 26: a caller that waits leaves at once by its signal, the refresh goes on for the rest', async () => {
    using t = createTestSession();
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const controller = new AbortController();
    const stays = t.use();
    const leaves = t.use({ signal: controller.signal });
    controller.abort();
    expect(await leaves).toBe('AbortError');
    gate.open(t.source.fresh());
    expect(await stays).toBe('KEY-1');
  });

  test('row 27: the caller that began the refresh leaves: it was never the owner', async () => {
    using t = createTestSession();
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    const controller = new AbortController();
    const leader = t.use({ signal: controller.signal });
    const follower = t.use();
    controller.abort();
    expect(await leader).toBe('AbortError');
    expect(t.source.requests[0]?.signal?.aborted).toBe(false);
    gate.open(t.source.fresh());
    expect(await follower).toBe('KEY-1');
    expect(t.source.calls).toBe(1);
  });

  const odd: readonly (readonly [string, () => unknown, string])[] = [
    ['throws at once', throwAtOnce, 'ERR_BSM_REFRESH_FAILED'],
    ['throws text', throwText, 'ERR_BSM_REFRESH_FAILED'],
    ['rejects with undefined', () => Promise.reject(undefined as unknown as Error), 'ERR_BSM_REFRESH_FAILED'],
    ['returns nothing', () => undefined, 'ERR_BSM_CREDENTIALS_INVALID'],
    ['resolves to nothing', () => Promise.resolve(undefined), 'ERR_BSM_CREDENTIALS_INVALID'],
    ['resolves to null', () => Promise.resolve(null), 'ERR_BSM_CREDENTIALS_INVALID'],
    ['returns text', () => 'AKIAIOSFODNN7EXAMPLE', 'ERR_BSM_CREDENTIALS_INVALID'],
    ['returns half a pair', () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }), 'ERR_BSM_CREDENTIALS_INVALID'],
    [
      'has getters that throw',
      () => Object.defineProperty({}, 'accessKeyId', { get: throwAtOnce }),
      'ERR_BSM_REFRESH_FAILED',
    ],
    ['returns a thenable that throws', () => thenable(throwAtOnce), 'ERR_BSM_REFRESH_FAILED'],
    ['throws what throws when read', throwUnreadable, 'ERR_BSM_REFRESH_FAILED'],
  ];
  test.each(odd)(
    'row 28: a source that %s fails; the next one is asked, nothing sticks',
    async (_what, behave, code) => {
      using t = createTestSession();
      t.source.behave = behave;
      expect(await Promise.all([t.use(), t.use()])).toEqual([code, code]);
      expect(t.source.calls).toBe(1);
      t.source.behave = () => Promise.resolve(t.source.fresh());
      expect(await t.use()).toBe('KEY-1');

      t.clock.advance(50 * MINUTE);
      t.source.behave = behave;
      expect([await t.use(), await t.use()], 'while credentials are valid').toEqual(['KEY-1', 'KEY-1']);
      await settle();
      expect(t.source.calls).toBe(3);
    },
  );

  test('row 28: a plain value and a thenable are as good as a promise', async () => {
    using t = createTestSession();
    t.source.behave = () => t.source.fresh();
    expect(await t.use()).toBe('KEY-1');
    t.source.behave = () => thenable((resolve) => resolve(t.source.fresh()));
    expect(await t.use({ forceRefresh: true })).toBe('KEY-2');
  });

  test('row 29: a source that asks its own session gets an error that says so', async () => {
    using t = createTestSession();
    t.source.behave = () => t.credentials();
    expect(await t.use()).toBe('ERR_BSM_REFRESH_REENTRANT');
  });

  test('row 30: the process ends by itself, also with eager, a deadline, and a foreground wait under way', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'bsm-exit-')), 'program.mjs');
    await bundle(PROGRAM, file);
    const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 15_000 });
    await rm(join(file, '..'), { recursive: true });
    // A timer that held it open would let it live for at least the 20 seconds of the deadline, and be killed.
    expect(stdout).toBe('eager KEY-1\nlast line\n');
  });

  test('row 31: a session does not cross to a worker: cloning fails, it does not leak', async () => {
    using t = createTestSession();
    await t.use();
    for (const uncloneable of [t.session, t.credentials, t.session.clientConfig]) {
      expect(() => structuredClone(uncloneable)).toThrow(/could not be cloned/);
    }
  });

  test('row 32: 64 processes that fail together do not come back together', async () => {
    const delays = new Set<number>();
    for (let process = 0; process < 64; process++) {
      using t = createTestSession({ random: createSeededRandom(process) });
      await t.use();
      t.clock.advance(60 * MINUTE);
      t.source.behave = () => Promise.reject(awsError('Throttling'));
      await t.use();
      const event = t.events.find(({ type }) => type === 'refresh.backoff');
      if (event?.type === 'refresh.backoff') delays.add(Math.floor(event.delayMs / 100));
    }
    expect(delays.size).toBeGreaterThan(25);
  });

  test('row 33: close during a refresh drops its result and leaves nothing behind', async () => {
    using t = createTestSession({ eager: true });
    const gate = createGate<AwsCredentialIdentity>();
    t.source.behave = () => gate;
    await settle();
    const waiting = t.use();
    t.session[Symbol.dispose]();
    expect(await waiting).toBe('ERR_BSM_SESSION_CLOSED');
    gate.open(t.source.fresh());
    await settle();
    expect([t.credentials.current, t.clock.pendingTimers]).toEqual([undefined, 0]);
    t.credentials.invalidate();
    expect(await t.use()).toBe('ERR_BSM_SESSION_CLOSED');
    expect(t.eventTypes()).toEqual(['start']);
  });
});

describe('D. MFA and child processes', () => {
  test('row 35: a person is asked only when callers wait, once for all, and has time of their own', async () => {
    using t = createTestSession();
    const session = t.session.derive({
      credentials: t.source.provider,
      interactiveMs: 120_000,
      refresh: { eager: true },
    });
    await session.credentials();
    t.clock.advance(59 * MINUTE - 1);
    await session.credentials();
    await settle();
    expect(t.source.calls, 'not in the background').toBe(1);

    t.clock.advance(1);
    t.source.behave = () => new Promise(() => {});
    const asked = Promise.allSettled([session.credentials(), session.credentials({ forceRefresh: true })]);
    await t.clock.advanceAsync(139_999);
    expect(t.source.requests[1]?.signal?.aborted).toBe(false);
    await t.clock.advanceAsync(1);
    const timeout = expect.objectContaining({ code: 'ERR_BSM_REFRESH_TIMEOUT' });
    expect(await asked).toEqual(Array(2).fill({ status: 'rejected', reason: timeout }));
    expect(t.source.calls).toBe(2);
  });
});

afterAll(() => stop());

// On real clocks and timers: eager credentials, a refresh that hangs in the background, one that a caller waits for.
const PROGRAM = `
  import { createSharedCredentials } from './index.js';
  const fresh = (ms) => ({ accessKeyId: 'KEY-1', secretAccessKey: 's', expiration: new Date(Date.now() + ms) });
  let calls = 0;
  const hangsLater = async () => (calls++ === 0 ? fresh(200_000) : new Promise(() => {}));

  const eager = createSharedCredentials(async () => fresh(3_600_000), { eager: true });
  console.log('eager', (await eager()).accessKeyId);

  const waits = createSharedCredentials(hangsLater, { background: false, advisoryWindowMs: 199_999 });
  await waits();
  await new Promise((resolve) => setTimeout(resolve, 5));
  void waits();
  void createSharedCredentials(() => new Promise(() => {}))();
  console.log('last line');
`;

async function bundle(contents: string, outfile: string): Promise<void> {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const masking = fileURLToPath(new URL('../../masking/src/index.ts', import.meta.url));
  await build({
    stdin: { contents, resolveDir: here, loader: 'js' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { '@bsm/masking': masking },
    external: ['@aws-sdk/*'],
    treeShaking: true,
    logLevel: 'silent',
  });
}

function throwAtOnce(): never {
  throw new Error('thrown at once');
}

function throwText(): never {
  throw 'text';
}

function throwUnreadable(): never {
  throw Object.defineProperty(new Error(), 'message', { get: throwAtOnce });
}

function thenable(then: (resolve: (value: unknown) => void) => void): PromiseLike<unknown> {
  // oxlint-disable-next-line unicorn/no-thenable -- a thenable is what is tested
  return { then } as PromiseLike<unknown>;
}
