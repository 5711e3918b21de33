import { optionInvalid } from './check-options.js';
import type { Timekeeper } from './clock.js';
import { isBsmError } from './errors.js';
import type { Session } from './session.js';
import { sessionRoot } from './session-root.js';

/** A session that a cache made, and what is known of its use. */
export interface CachedSession<Made> {
  /** The session, or the promise of it. */
  readonly made: Made;
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

/** Takes what `create` of a cache returned. `onFailure` is called when it is a promise that rejects. */
export function holdSession<Made extends Session | Promise<Session>>(
  created: Made,
  time: Timekeeper,
  onFailure: () => void,
): CachedSession<Made> {
  let session: Session | undefined;
  let hasFailed = false;
  let isClosed = false;
  let holders = 0;
  let begun = 0;
  let usedAt = time.moment();

  async function arrive(coming: Promise<Session>): Promise<Session> {
    try {
      session = checked(await coming);
      if (isClosed) session.close();
      return session;
    } catch (error) {
      hasFailed = true;
      onFailure();
      throw error;
    }
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

  let made: Made | Promise<Session> = created;
  if (isPromise(created)) {
    made = arrive(created);
    // Whoever asked hears of it.
    made.catch(() => {});
  } else {
    session = checked(created);
  }

  return {
    made: made as Made,
    touch() {
      usedAt = time.moment();
    },
    hold() {
      holders++;
      return () => {
        holders--;
        usedAt = time.moment();
      };
    },
    remainingMs(limitMs) {
      if (isBusy()) usedAt = time.moment();
      else return limitMs - time.elapsedSince(usedAt);
      return Math.max(limitMs, LOOK_AGAIN_MS);
    },
    isDead: () => hasFailed || (session !== undefined && isClosedSession(session)),
    close() {
      isClosed = true;
      session?.close();
    },
  };
}

function checked(session: unknown): Session {
  const { client, resource, close } = (session ?? {}) as Partial<Session>;
  if ([client, resource, close].every((method) => typeof method === 'function')) return session as Session;
  throw optionInvalid('createSessionCache', 'create', 'a function that returns a session, or a promise of one');
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
