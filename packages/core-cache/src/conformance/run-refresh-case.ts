import { createVirtualClock, type VirtualClock } from '@bsm/testing';
import { createSession, isBsmError, type RefreshOptions, type Session } from '../index.js';

/** A case of the corpus, as it is written there. */
export interface RefreshCase {
  readonly documentation: string;
  readonly given: {
    readonly cachedCredentials: 'none' | 'valid' | 'advisory' | 'mandatory' | 'expired';
    readonly accessKeyId?: string;
    readonly configuredAdvisoryWindowSeconds?: number;
    readonly refreshBackoffSeconds?: number;
  };
  readonly steps: readonly RefreshStep[];
}

export type RefreshStep =
  | { readonly type: 'advanceTime'; readonly seconds: number }
  | { readonly type: 'invalidate'; readonly rejectedAccessKeyId: string }
  | {
      readonly type: 'getCredentials';
      readonly response?: SourceResponse;
      readonly lifetimeSeconds?: number;
      readonly expected: StepResult;
    };

type SourceResponse = 'freshCredentials' | 'staleCredentials' | 'error' | 'nonRecoverableError';

/** What a `getCredentials` step must show, and what it did show. */
export interface StepResult {
  readonly result: 'cachedCredentials' | 'newCredentials' | 'noCredentialsError' | 'nonRecoverableError';
  readonly sourceContacted: boolean;
  readonly rateLimited: boolean;
  readonly advisoryWindowSeconds?: number;
}

const SEED_LIFETIME_MS = 3_600_000;
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

// How far the seeded credentials have lived: 15 minutes before their end the advisory window opens, 1 minute the mandatory one.
const AGE_MS = { valid: 0, advisory: 3_000_000, mandatory: 3_570_000, expired: 3_601_000 } as const;

/** Runs one case through the public surface of a session; returns the outcome of each `getCredentials` step. */
export async function runRefreshCase(testCase: RefreshCase, options: RefreshOptions): Promise<StepResult[]> {
  const { given, steps } = testCase;
  const clock = createVirtualClock();
  const source = createScriptedSource(clock);
  using session = createSession({ credentials: source.provider, clock, refresh: { ...options, ...pinned(given) } });
  const pause = watchBackoff(session, clock);

  if (given.cachedCredentials !== 'none') {
    source.answer('freshCredentials', SEED_LIFETIME_MS, given.accessKeyId);
    await session.credentials();
    clock.advance(AGE_MS[given.cachedCredentials]);
  }
  const results: StepResult[] = [];
  for (const step of steps) {
    if (step.type === 'advanceTime') clock.advance(step.seconds * 1_000);
    else if (step.type === 'invalidate') session.credentials.invalidate(step.rejectedAccessKeyId);
    else {
      source.answer(step.response ?? 'error', (step.lifetimeSeconds ?? 3_600) * 1_000);
      results.push(await getCredentials(session, source, pause));
    }
  }
  return results;
}

function pinned({ configuredAdvisoryWindowSeconds, refreshBackoffSeconds }: RefreshCase['given']): RefreshOptions {
  return {
    ...(configuredAdvisoryWindowSeconds !== undefined && { advisoryWindowMs: configuredAdvisoryWindowSeconds * 1_000 }),
    ...(refreshBackoffSeconds !== undefined && {
      backoffMs: [refreshBackoffSeconds * 1_000, refreshBackoffSeconds * 1_000] as const,
    }),
  };
}

async function getCredentials(session: Session, source: ScriptedSource, isPaused: () => boolean): Promise<StepResult> {
  const paused = isPaused();
  const before = { calls: source.calls, accessKeyId: source.lastAccessKeyId };
  const result = await session.credentials().then(
    ({ accessKeyId }) => (accessKeyId === before.accessKeyId ? 'cachedCredentials' : 'newCredentials'),
    (error: unknown) => (isTerminal(error) ? 'nonRecoverableError' : 'noCredentialsError'),
  );
  const sourceContacted = source.calls > before.calls;
  await new Promise(setImmediate);
  const { expiration, refreshAfter } = session.credentials;
  return {
    result,
    sourceContacted,
    rateLimited: paused && !sourceContacted,
    ...(expiration && refreshAfter && { advisoryWindowSeconds: (Number(expiration) - Number(refreshAfter)) / 1_000 }),
  };
}

function isTerminal(error: unknown): boolean {
  return isBsmError(error) && error.cause?.name === 'AccessDenied';
}

/** Whether the last back-off that was announced is in force. */
function watchBackoff(session: Session, clock: VirtualClock): () => boolean {
  let until = 0;
  session.subscribe((event) => {
    if (event.type === 'refresh.backoff') until = event.at.getTime() + event.delayMs;
    if (event.type === 'refresh.success') until = 0;
  });
  return () => clock.now() < until;
}

interface ScriptedSource {
  readonly provider: () => Promise<{ accessKeyId: string; secretAccessKey: string; expiration: Date }>;
  readonly calls: number;
  /** Of the last credentials that it gave away. */
  readonly lastAccessKeyId: string | undefined;
  answer(response: SourceResponse, lifetimeMs: number, accessKeyId?: string): void;
}

function createScriptedSource(clock: VirtualClock): ScriptedSource {
  let calls = 0;
  let last: string | undefined;
  let next: { response: SourceResponse; lifetimeMs: number; accessKeyId: string | undefined } | undefined;
  return {
    async provider() {
      calls++;
      const { response, lifetimeMs, accessKeyId = `NEW-${calls}` } = next!;
      if (response === 'error') throw new Error('the service is unavailable');
      if (response === 'nonRecoverableError')
        throw Object.assign(new Error('not authorized'), { name: 'AccessDenied' });
      const stale = response === 'staleCredentials';
      if (!stale) last = accessKeyId;
      return {
        accessKeyId,
        secretAccessKey: SECRET,
        sessionToken: 'token',
        expiration: new Date(clock.now() + (stale ? 0 : lifetimeMs)),
      };
    },
    get calls() {
      return calls;
    },
    get lastAccessKeyId() {
      return last;
    },
    answer(response, lifetimeMs, accessKeyId) {
      next = { response, lifetimeMs, accessKeyId };
    },
  };
}
