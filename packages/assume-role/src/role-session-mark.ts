import type { Session } from '@bsm/core-cache';

/**
 * Marks the credentials of a session as those of a role, so that a role assumed with them is known to be chained, which AWS limits to
 * one hour.
 *
 * The mark is on the credentials, not on the session: `withRegion` hands the same credentials to another session. A registered symbol,
 * so that two copies of the package agree.
 */
export function markRoleSession(session: Session): Session {
  Object.defineProperty(session.credentials, markKey(), { value: true });
  return session;
}

/** Tells whether the credentials of a session came from a role, as far as these packages know. */
export function isRoleSession(session: Session): boolean {
  return Reflect.get(session.credentials, markKey()) === true;
}

function markKey(): symbol {
  return Symbol.for('@bsm/role-session');
}
