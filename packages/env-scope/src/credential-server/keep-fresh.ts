import { type Session, sessionTime } from '@bsm/core-cache';
import { ENOUGH_MS } from './credentials-answer.js';

// Renewed this long before children would ask for it, so that none of them waits.
const LEAD_MS = 60_000;
const SHORTEST_PAUSE_MS = 1_000;
// A timer does not see a clock that is set, nor a cache that is cleared: it looks again this often. So does it after a failure; who
// needs credentials meanwhile asks for them.
const LONGEST_PAUSE_MS = 60_000;

/**
 * Renews the credentials of a session before they are asked for, until the returned function is called.
 *
 * Goes by the session's clock and holds no process open. How often a failing source is asked is up to the session.
 */
export function keepFresh(session: Session): () => void {
  const time = sessionTime(session);
  let stopped = false;
  let stopTimer = wait(pauseMs(session, time.now()));

  function wait(delayMs: number): () => void {
    return time.startTimer(() => void renew(), delayMs);
  }

  async function renew(): Promise<void> {
    let failed = false;
    if (isDue(session, time.now())) {
      const minRemainingMs = isHurried(session) ? ENOUGH_MS + LEAD_MS + 1 : 0;
      await session.credentials({ minRemainingMs }).catch(() => {
        failed = true;
      });
    }
    if (!stopped) stopTimer = wait(failed ? LONGEST_PAUSE_MS : pauseMs(session, time.now()));
  }

  return () => {
    stopped = true;
    stopTimer();
  };
}

function isDue(session: Session, now: number): boolean {
  return session.credentials.current === undefined || dueAt(session) <= now;
}

function pauseMs(session: Session, now: number): number {
  return Math.min(Math.max(dueAt(session) - now, SHORTEST_PAUSE_MS), LONGEST_PAUSE_MS);
}

/** When the credentials in hand should be renewed; never for those without an end. */
function dueAt(session: Session): number {
  const { refreshAfter, expiration } = session.credentials;
  const ownMs = refreshAfter?.getTime() ?? Infinity;
  return expiration && isHurried(session) ? Math.min(ownMs, expiration.getTime() - ENOUGH_MS - LEAD_MS) : ownMs;
}

/** A session that renews in the last minute was told to, or asks a person: then not before a child needs it. */
function isHurried({ credentials: { refreshAfter, expiration } }: Session): boolean {
  return !expiration || !refreshAfter || expiration.getTime() - refreshAfter.getTime() > LEAD_MS;
}
