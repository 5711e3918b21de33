import type { Session, SessionLike } from '@bsm/core-cache';
import type { ServiceLookup } from '@bsm/services/names';
import type { SessionManagerOptions } from './session-manager-options.js';

/**
 * Has a manager made of a session by the library, not by a user who has to be told what is not looked at: the constructor of a
 * subclass may add defaults to the options that it is given, and those are for sessions that it makes.
 *
 * @param make - Is given the options; that they have a session need not be in the types of a subclass.
 */
export function handOn<Manager>(
  session: Session,
  make: (options: SessionManagerOptions) => Manager,
  lookup?: ServiceLookup,
): Manager {
  const options: object = { ...lookup, session };
  if (handedOn.has(session)) return make(options);
  handedOn.add(session);
  try {
    return make(options);
  } finally {
    handedOn.delete(session);
  }
}

/** Tells whether a manager is being made of the session by {@link handOn}. */
export function isHandedOn(session: SessionLike): boolean {
  return handedOn.has(session);
}

const handedOn: WeakSet<SessionLike> = /* @__PURE__ */ new WeakSet();
