import { optionInvalid } from './check-options.js';
import type { Timekeeper } from './clock.js';
import { isBsmError } from './errors.js';
import type { SessionEvent } from './events.js';
import type { Session } from './session.js';
import { sessionRoot } from './session-root.js';

/** A session that a cache made, and what is known of its use. */
export interface CachedSession {
  /** The session, or the promise of it. */
  readonly made: Session | Promise<Session>;
  /** Notes a use. */
  touch(): void;
  /** Notes a use that lasts until the returned function is called. */
  hold(): () => void;
  /** How long the session is still in use, when it counts as used for `limitMs` after its last use. */
  remainingMs(limitMs: number): number;
  /** Whether it was closed by somebody else, or could not be made. */
  isDead(): boolean;
  /** Closes it, also when it is still to come. */
  close(): void;
}

/** While something is under way, there is no telling when it ends: one looks again after this time. */
const LOOK_AGAIN_MS = 1_000;

export interface HoldSessionOptions {
  /** What `create` returned. */
  readonly created: unknown;
  /** The function that `create` was given to, for the error of what is no session. */
  readonly subject: string;
  readonly time: Timekeeper;
  /** Called when a promise of a session rejects. */
  readonly onFailure: () => void;
}

/** Takes what `create` of a cache returned: a session, or a promise of one. */
export function holdSession({ created, subject, time, onFailure }: HoldSessionOptions): CachedSession {
  let session: Session | undefined;
  let ignoreRefreshes = (): void => {};
  let hasFailed = false;
  let isClosed = false;
  let holders = 0;
  let begun = 0;
  let usedAt = time.moment();

  function take(value: unknown): Session {
    session = checked(value, subject);
    ignoreRefreshes = session.subscribe(noteRefresh);
    return session;
  }

  async function arrive(coming: Promise<unknown>): Promise<Session> {
    try {
      const arrived = take(await coming);
      if (isClosed) close();
      return arrived;
    } catch (error) {
      hasFailed = true;
      onFailure();
      throw error;
    }
  }

  /** A refresh that was asked for is a use until it ends, whoever asked; one that nobody asked for is none. */
  function noteRefresh(event: SessionEvent): void {
    if (event.type !== 'refresh.start' || event.reason === 'eager') return;
    const letGo = hold();
    // Joins the refresh that begins, and so hears of its end, which no event tells when the session was cleared meanwhile.
    session?.credentials.refresh().then(letGo, letGo);
  }

  function hold(): () => void {
    holders++;
    return () => {
      holders--;
      usedAt = time.moment();
    };
  }

  function close(): void {
    isClosed = true;
    ignoreRefreshes();
    session?.close();
  }

  function isBusy(): boolean {
    const traffic = session && sessionRoot(session)?.stores.traffic?.(session);
    const hasWorked = traffic !== undefined && traffic.begun !== begun;
    if (hasWorked) {
      begun = traffic.begun;
      usedAt = time.moment();
    }
    return holders > 0 || !session || traffic?.isBusy === true;
  }

  const made = isPromise(created) ? arrive(created) : take(created);
  // Whoever asked hears of it.
  if (isPromise(made)) made.catch(() => {});

  return {
    made,
    touch() {
      usedAt = time.moment();
    },
    hold,
    remainingMs(limitMs) {
      if (isBusy()) usedAt = time.moment();
      else return limitMs - time.elapsedSince(usedAt);
      return Math.max(limitMs, LOOK_AGAIN_MS);
    },
    isDead: () => hasFailed || (session !== undefined && isClosedSession(session)),
    close,
  };
}

function checked(session: unknown, subject: string): Session {
  const { client, resource, subscribe, close } = (session ?? {}) as Partial<Session>;
  if ([client, resource, subscribe, close].every((method) => typeof method === 'function')) return session as Session;
  throw optionInvalid(subject, 'create', 'a function that returns a session, or a promise of one');
}

function isPromise(value: unknown): value is Promise<Session> {
  return typeof (value as { then?: unknown } | undefined)?.then === 'function';
}

/** The key of a question: what a session answers is not kept among its resources with a name. */
const PROBE: object = {};

function isClosedSession(session: Session): boolean {
  try {
    session.resource(PROBE, () => true);
    return false;
  } catch (error) {
    return isBsmError(error, 'ERR_BSM_SESSION_CLOSED');
  }
}
