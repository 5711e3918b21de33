import { maskAccessKeyId } from '@bsm/masking';
import { leaveOnAbort } from './abort.js';
import { fromAwsError } from './aws-error.js';
import { assertOption, isAbortSignal, isDuration } from './check-options.js';
import type { Timekeeper } from './clock.js';
import {
  type AwsCredentialIdentity,
  guardCredentials,
  type SessionPrincipal,
  type SourceRequest,
} from './credentials.js';
import { definedFields } from './defined-fields.js';
import { BsmError } from './errors.js';
import type { EventEmitter, RefreshReason, SessionEvent } from './events.js';
import { type HeldCredentials, holdCredentials, type RefreshPhase } from './held-credentials.js';
import { isLambda } from './lambda.js';
import { type Lifetime, sessionClosed } from './lifetime.js';
import { parseCredentials, parseExpiration } from './parse-credentials.js';
import { type Answer, createRefreshAttempt, type RefreshAttempt } from './refresh-attempt.js';
import { createRefreshBrake } from './refresh-brake.js';
import type { RefreshOptions } from './refresh-options.js';

/** What a caller may ask of shared credentials. */
export interface CredentialRequest {
  /** Asks the source now, or joins the refresh that is under way, and rejects when it fails. */
  readonly forceRefresh?: boolean | undefined;
  /** How long the credentials must still be valid, when a refresh can give that. */
  readonly minRemainingMs?: number | undefined;
  /** Lets this caller leave; the refresh goes on for the others. */
  readonly signal?: AbortSignal | undefined;
}

export interface RefreshEngineOptions {
  /** What is asked, or credentials that were given as they are and never change. */
  readonly source: ((request: SourceRequest) => unknown) | AwsCredentialIdentity;
  readonly refresh: RefreshOptions;
  readonly time: Timekeeper;
  readonly events: EventEmitter;
  readonly lifetime: Lifetime;
  readonly background: boolean;
  readonly callerClientConfig?: SourceRequest['callerClientConfig'];
  /** A person answers each refresh: no advisory window, and this much more time. */
  readonly interactiveMs?: number | undefined;
}

/** The state machine behind shared credentials: one set in hand, at most one refresh under way. */
export interface RefreshEngine {
  readonly get: (request?: CredentialRequest) => Promise<AwsCredentialIdentity>;
  invalidate(accessKeyId?: string): void;
  /** Forgets what is in hand and what is under way. Literal credentials stay. */
  reset(): void;
  readonly held: HeldCredentials | undefined;
  /** What may be handed out without asking the source. */
  readonly current: AwsCredentialIdentity | undefined;
  readonly principal: SessionPrincipal | undefined;
}

/** An event before the time is put on it. */
type Untimed<Event> = Event extends unknown
  ? Omit<Event, 'at' | 'accessKeyId'> & { readonly accessKeyId?: string | undefined }
  : never;

/** How a refresh ended; a failure is `final` when it reaches callers whatever is in hand. */
type Outcome = { readonly credentials: AwsCredentialIdentity } | { readonly error: BsmError; readonly final: boolean };

interface Flight {
  readonly attempt: RefreshAttempt;
  /** Never rejects. */
  readonly outcome: Promise<Outcome>;
}

const DEFAULT_TIMEOUT_MS = 20_000;
const LONGEST_FOREGROUND_WAIT_MS = 2_000;
const PLAIN_REQUEST: CredentialRequest = {};

export function createRefreshEngine(options: RefreshEngineOptions): RefreshEngine {
  const { source, refresh, time, events, lifetime, callerClientConfig } = options;
  const servesExpired = refresh.serveExpired === 'while-refresh-fails';
  const interactive = Boolean(options.interactiveMs);
  const timeoutMs = (refresh.timeoutMs ?? DEFAULT_TIMEOUT_MS) + (options.interactiveMs ?? 0);
  const literal = typeof source === 'function' ? undefined : guardCredentials(reviveExpiration(source));
  // A frozen process fires timers late, a person is not asked without a caller, and literal credentials have no source.
  const keepsFresh = refresh.eager === true && !isLambda() && !interactive && !literal;
  const brake = createRefreshBrake(refresh, time);
  const hold = (credentials: AwsCredentialIdentity, principal?: SessionPrincipal): HeldCredentials =>
    holdCredentials({
      credentials,
      principal,
      time,
      refresh,
      literal: literal !== undefined,
      interactive,
    });

  let held = literal && hold(literal);
  let flight: Flight | undefined;
  let generation = 0;
  let sequence = 0;
  let installed = 0;
  let stopTimer = (): void => {};

  // --- Asking ---------------------------------------------------------------------------------------------------------

  function get(request?: CredentialRequest): Promise<AwsCredentialIdentity> {
    if (lifetime.isClosed()) return Promise.reject(sessionClosed());
    const { signal, minRemainingMs, forceRefresh } = request ?? PLAIN_REQUEST;
    // The path of nearly every request: nothing is asked for, nothing is due, nothing is made.
    if (signal === undefined && minRemainingMs === undefined && forceRefresh !== true && held?.isFresh()) {
      return held.answer;
    }
    return getWhenDue(request ?? PLAIN_REQUEST);
  }

  async function getWhenDue(request: CredentialRequest): Promise<AwsCredentialIdentity> {
    const { signal, minRemainingMs } = request;
    if (signal !== undefined) assertOption('credentials', 'signal', signal, isAbortSignal);
    if (minRemainingMs !== undefined) assertOption('credentials', 'minRemainingMs', minRemainingMs, isDuration());
    signal?.throwIfAborted();
    return leaveOnAbort(decide(request), signal);
  }

  function decide({ forceRefresh, minRemainingMs }: CredentialRequest): Promise<AwsCredentialIdentity> {
    const phase = forceRefresh === true ? 'forced' : (held?.phase(minRemainingMs) ?? 'initial');
    if (phase === 'valid') return held!.answer;
    if (flight?.attempt.isInside()) return insideOwnRefresh();
    if (flight) return phase === 'advisory' ? held!.answer : wait(flight, phase);

    const refusal = brake.refusal();
    if (phase !== 'forced' && brake.isPaused()) return servable() ? held!.answer : Promise.reject(brake.pauseError());
    if (refusal) return Promise.reject(refusal);
    if (phase !== 'advisory') return wait(start(phase), phase);

    const inBackground = options.background && !brake.afterTerminal();
    const started = start(phase);
    return inBackground ? held!.answer : waitBriefly(started);
  }

  /** All who wait share one outcome; what each gets also depends on what is in hand when it comes. */
  async function wait(joined: Flight, phase: RefreshPhase): Promise<AwsCredentialIdentity> {
    return deliver(await joined.outcome, phase);
  }

  async function waitBriefly(started: Flight): Promise<AwsCredentialIdentity> {
    let stop = (): void => {};
    const timeUp = new Promise<undefined>((resolve) => {
      stop = time.startTimer(() => resolve(undefined), LONGEST_FOREGROUND_WAIT_MS);
    });
    const outcome = await Promise.race([started.outcome, timeUp]);
    stop();
    if (outcome) return deliver(outcome, 'advisory');
    return held && servable() ? held.credentials : wait(started, 'advisory');
  }

  function deliver(outcome: Outcome, phase: RefreshPhase): AwsCredentialIdentity {
    if ('credentials' in outcome) return outcome.credentials;
    if (outcome.final || phase === 'forced' || !held || !servable()) throw outcome.error;
    return held.credentials;
  }

  function insideOwnRefresh(): Promise<AwsCredentialIdentity> {
    if (held && held.remainingMs() > 0) return held.answer;
    const message = 'The source of the credentials asked its own session.';
    return Promise.reject(new BsmError('ERR_BSM_REFRESH_REENTRANT', message));
  }

  function servable(): boolean {
    return held !== undefined && (servesExpired || held.remainingMs() > 0);
  }

  // --- Refreshing -----------------------------------------------------------------------------------------------------

  function start(reason: RefreshReason): Flight {
    const forceRefresh = sequence > 0;
    const born = generation;
    const startedAt = time.moment();
    const settle = (answer: Answer): Outcome => accept(answer, born, reason, time.elapsedSince(startedAt));
    const attempt = createRefreshAttempt({
      ask: (signal) =>
        typeof source === 'function'
          ? source(
              definedFields<SourceRequest>({ signal, forceRefresh: forceRefresh || undefined, callerClientConfig }),
            )
          : literal,
      timeoutMs,
      time,
      nextSequence: () => ++sequence,
      onLateAnswer: (answer) => acceptLate(() => settle(answer)),
    });
    const forget = lifetime.onClose(() => attempt.abandon(sessionClosed()));
    const mine: Flight = {
      attempt,
      outcome: attempt.outcome
        .then(settle)
        .catch((error: unknown) => refuse(error, born, reason, time.elapsedSince(startedAt)))
        .finally(() => {
          forget();
          if (flight === mine) flight = undefined;
          scheduleNext();
        }),
    };
    // In place before anybody is told: a listener that asks for credentials joins this refresh.
    flight = mine;
    tell({ type: 'refresh.start', reason, accessKeyId: maskedKeyId() });
    attempt.begin();
    return mine;
  }

  function accept(
    { value, sequence: order }: Answer,
    born: number,
    reason: RefreshReason,
    durationMs: number,
  ): Outcome {
    const { credentials, principal } = parseCredentials(value, time.now());
    if (born !== generation || lifetime.isClosed()) return { credentials };
    if (order > installed) {
      installed = order;
      held = hold(credentials, principal);
      brake.release();
      const { expiration } = credentials;
      tell({ type: 'refresh.success', reason, durationMs, accessKeyId: maskedKeyId(), expiration });
    }
    return { credentials: held?.credentials ?? credentials };
  }

  /** An answer after its deadline is still an answer, unless a newer one came. */
  function acceptLate(settle: () => Outcome): void {
    try {
      settle();
      scheduleNext();
    } catch {
      // The attempt has failed already.
    }
  }

  function refuse(error: unknown, born: number, reason: RefreshReason, durationMs: number): Outcome {
    if (lifetime.isClosed()) return { error: sessionClosed(), final: true };
    const terminal = brake.isTerminal(error);
    const failure = fromAwsError(error, 'Cannot refresh the credentials', terminal);
    if (born !== generation) return { error: failure, final: true };
    const pausedMs = brake.apply(failure, terminal, held);
    tell({ type: 'refresh.failure', reason, durationMs, error: failure, terminal });
    if (pausedMs !== undefined) {
      tell({ type: 'refresh.backoff', delayMs: pausedMs });
      // Until the back-off ends, callers go on with what is in hand.
      if (held && servable())
        tell({ type: 'refresh.stale-served', accessKeyId: maskedKeyId(), remainingMs: held.remainingMs() });
    }
    return { error: failure, final: terminal };
  }

  // --- Keeping fresh without callers ------------------------------------------------------------------------------------

  function scheduleNext(): void {
    stopTimer();
    if (!keepsFresh || lifetime.isClosed()) return;
    const delayMs = Math.max(brake.waitMs(), held?.untilAdvisoryMs() ?? 0);
    if (!Number.isFinite(delayMs)) return;
    const stop = time.startTimer(refreshUnasked, delayMs);
    const forget = lifetime.onClose(stop);
    stopTimer = () => {
      stop();
      forget();
    };
  }

  function refreshUnasked(): void {
    if (flight || lifetime.isClosed()) return;
    if (brake.waitMs() > 0 || held?.isFresh()) scheduleNext();
    else start('eager');
  }

  // --- Forgetting -----------------------------------------------------------------------------------------------------

  function invalidate(accessKeyId?: string): void {
    if (!held || held.invalidated || (accessKeyId !== undefined && accessKeyId !== held.credentials.accessKeyId))
      return;
    held.invalidated = true;
    tell({ type: 'refresh.invalidated', accessKeyId: maskedKeyId() });
  }

  function reset(): void {
    generation++;
    flight = undefined;
    held = literal && hold(literal);
    brake.release();
    scheduleNext();
  }

  function tell(event: Untimed<SessionEvent>): void {
    events.emit({ ...event, at: new Date(time.now()) } as SessionEvent);
  }

  function maskedKeyId(): string | undefined {
    return held && maskAccessKeyId(held.credentials.accessKeyId);
  }

  if (keepsFresh) queueMicrotask(refreshUnasked);

  return {
    get,
    invalidate,
    reset,
    get held() {
      return held;
    },
    get current() {
      if (!held || lifetime.isClosed() || !servable() || (held.invalidated && !brake.isPaused())) return undefined;
      return held.credentials;
    },
    get principal() {
      return held?.principal;
    },
  };
}

function reviveExpiration(credentials: AwsCredentialIdentity): AwsCredentialIdentity {
  const expiration = parseExpiration(credentials.expiration);
  return { ...credentials, ...(expiration && { expiration }) };
}
