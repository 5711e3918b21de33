import { createVirtualClock } from '@bsm/testing';
import { expect, test } from 'vitest';
import { createRefreshModel, type SourceCall } from './fixtures/refresh-model.js';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { awsError, makeCredentials } from './fixtures/test-source.js';
import { type AwsCredentialIdentity, createSession, type RefreshOptions } from './index.js';

const SESSIONS_PER_SEED = 10;
const STEPS_PER_SESSION = 1_000;
const MINUTE = 60_000;
const LIFETIMES = [1_000, 30_000, 240_000, 900_000, 1_230_000, 3_600_000, 5_400_000, 43_200_000];

// 10 seeds of 10,000 steps each.
test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('whatever happens, the rules hold: seed %i', async (seed) => {
  const random = createSeededRandom(seed);
  const seen = { served: 0, refused: 0, starts: 0, late: 0 };
  for (let session = 0; session < SESSIONS_PER_SEED; session++) {
    const run = createRun(random);
    for (let step = 0; step < STEPS_PER_SESSION; step++) {
      await run.step();
      expect(run.broken, `seed ${seed}, session ${session}, step ${step}: ${run.log.slice(-12).join(', ')}`).toEqual(
        [],
      );
    }
    await run.finish();
    expect(run.broken).toEqual([]);
    expect(run.waiting, 'callers that were never answered').toBe(0);
    for (const key of ['served', 'refused', 'starts', 'late'] as const) seen[key] += run.seen[key];
  }
  // That something was tried at all.
  expect(seen.served).toBeGreaterThan(1_000);
  expect(seen.refused).toBeGreaterThan(100);
  expect(seen.starts).toBeGreaterThan(500);
  expect(seen.late).toBeGreaterThan(10);
});

interface Run {
  readonly broken: readonly string[];
  readonly log: readonly string[];
  readonly waiting: number;
  readonly seen: { served: number; refused: number; readonly starts: number; late: number };
  step(): Promise<void>;
  finish(): Promise<void>;
}

function createRun(random: () => number): Run {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const options: RefreshOptions = {
    ...pick<RefreshOptions>([{}, {}, { advisoryWindowMs: 10 * MINUTE }, { mandatoryWindowMs: 3 * MINUTE }]),
    background: random() < 0.7,
    random,
  };
  const clock = createVirtualClock();
  const model = createRefreshModel(clock, options);
  const pending: { call: SourceCall; settle: (behaviour: () => unknown) => void }[] = [];
  const log: string[] = [];
  const tally = { served: 0, refused: 0, late: 0 };
  // When several callers come in one turn, the answer to the first is on its way and not yet in hand.
  let atRest = { heldOrder: 0, servesAtOnce: false };
  let waiting = 0;

  const session = createSession({ credentials: provider, clock, refresh: options });
  session.subscribe((event) => model.observe(event));

  function provider(request: { signal?: AbortSignal } = {}): Promise<AwsCredentialIdentity> {
    const call = model.asked(request);
    log.push(`call ${call.order}`);
    if (random() < 0.5) return behave(call) as Promise<AwsCredentialIdentity>;
    return new Promise((resolve) => pending.push({ call, settle: (answer) => resolve(answer() as never) }));
  }

  /** Good credentials mostly, else each way of going wrong; what hangs is in `pending`. */
  function behave(call: SourceCall): unknown {
    const kind = random();
    if (call.signal?.aborted) tally.late++;
    if (kind < 0.5) return answer(call, new Date(clock.now() + pick(LIFETIMES)));
    if (kind < 0.55) return answer(call, undefined);
    model.failed(call);
    if (kind < 0.75) return Promise.reject(awsError('Throttling'));
    if (kind < 0.8) return Promise.reject(awsError('AccessDenied'));
    if (kind < 0.85) throw new Error('thrown at once');
    return Promise.resolve(pick(junk(clock.now())));
  }

  function answer(call: SourceCall, expiration: Date | undefined): Promise<AwsCredentialIdentity> {
    model.answered(call, expiration);
    return Promise.resolve(makeCredentials(`KEY-${call.order}`, expiration));
  }

  function use(): void {
    const { heldOrder, servesAtOnce } = atRest;
    const plain = random() < 0.6;
    const leaves = random() < 0.1;
    const controller = new AbortController();
    const mustServe = plain && !leaves && options.background === true && servesAtOnce;
    const request = {
      ...(!plain && random() < 0.4 && { forceRefresh: true }),
      ...(!plain && random() < 0.5 && { minRemainingMs: pick(LIFETIMES) - 1 }),
      ...(leaves && { signal: controller.signal }),
    };
    waiting++;
    log.push(`use ${JSON.stringify(request)}`);
    let settled = false;
    session
      .credentials(request)
      .then(
        (credentials) => {
          tally.served++;
          model.served(credentials, heldOrder);
          if (settled) model.broken.push('a caller who had left was answered');
        },
        (error: { name?: string }) => {
          tally.refused++;
          if (mustServe) model.broken.push(`refused although valid: ${error.name}`);
        },
      )
      .finally(() => {
        waiting--;
        settled = true;
      });
    if (leaves) controller.abort();
    if (mustServe)
      checks.push(() => settled || model.broken.push('a caller waited although the credentials were valid'));
  }

  const checks: (() => unknown)[] = [];

  function settleOne(): void {
    const [one] = pending.splice(Math.floor(random() * pending.length), 1);
    if (!one) return;
    log.push(`answer ${one.call.order}`);
    one.settle(() => behaveLater(one.call));
  }

  function behaveLater(call: SourceCall): unknown {
    try {
      return behave(call);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  function moveClock(): Promise<void> {
    const ms = pick([1, 400, 2_000, 5_000, 21_000, MINUTE, 5 * MINUTE, 20 * MINUTE, 3 * 60 * MINUTE]) * random();
    log.push(`advance ${ms}`);
    return clock.advanceAsync(ms);
  }

  function jump(): void {
    const ms = (random() - 0.5) * 2 * pick([1_000, MINUTE, 10 * MINUTE, 120 * MINUTE]);
    log.push(`jump ${ms}`);
    clock.set(clock.now() + ms);
  }

  function invalidate(): void {
    const stale = random() < 0.3;
    log.push(stale ? 'invalidate an old key' : 'invalidate');
    session.credentials.invalidate(stale ? 'KEY-0' : session.credentials.current?.accessKeyId);
    if (!stale) model.invalidated();
  }

  function forget(): void {
    log.push('clearCache');
    model.forgotten();
    session.clearCache();
  }

  return {
    broken: model.broken,
    log,
    get waiting() {
      return waiting;
    },
    get seen() {
      return { ...tally, starts: model.starts };
    },
    async step() {
      const kind = random();
      atRest = { heldOrder: model.heldOrder, servesAtOnce: model.servesAtOnce() };
      if (kind < 0.5) use();
      else if (kind < 0.65) settleOne();
      else if (kind < 0.88) await moveClock();
      else if (kind < 0.93) jump();
      else if (kind < 0.98) invalidate();
      else if (kind < 0.985) forget();
      else for (let caller = 0; caller < 5; caller++) use();
      await rest();
      model.checkFlights();
      for (const check of checks.splice(0)) check();
    },
    async finish() {
      for (let round = 0; round < 4; round++) {
        await clock.advanceAsync(60_000);
      }
      session.close();
      await rest();
    },
  };
}

/** Lets all promises run; nothing here waits for more than promises. */
async function rest(): Promise<void> {
  for (let tick = 0; tick < 40; tick++) await Promise.resolve();
}

function junk(now: number): unknown[] {
  return [
    undefined,
    null,
    'text',
    {},
    { accessKeyId: 'HALF' },
    { AccessKeyId: 'RAW', SecretAccessKey: 'x' },
    makeCredentials('JUNK-0', new Date(now)),
    makeCredentials('JUNK-0', new Date(Number.NaN)),
    { ...makeCredentials('JUNK-0'), expiration: 'soon' },
    { ...makeCredentials('JUNK-0'), sessionToken: 5 },
  ];
}
