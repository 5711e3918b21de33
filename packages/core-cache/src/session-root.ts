import type { ClientDefaults } from './client-config.js';
import type { Timekeeper } from './clock.js';
import { defineHidden } from './define-hidden.js';
import type { Lifetime } from './lifetime.js';
import type { Session } from './session.js';
import type { SessionStores } from './session-store.js';

/** What a root session and all that come from it have in common. */
export interface SessionRoot {
  readonly time: Timekeeper;
  readonly lifetime: Lifetime;
  readonly clientDefaults: ClientDefaults;
  readonly stores: SessionStores;
}

/** Remembers the root with the session itself, under a registered symbol, so that copies of the package agree. */
export function setSessionRoot(session: Session, root: SessionRoot): void {
  defineHidden(session, key(), root);
}

/** Finds what a session shares; undefined for what is only like a session. */
export function sessionRoot(session: Session): SessionRoot | undefined {
  return Reflect.get(session, key()) as SessionRoot | undefined;
}

function key(): symbol {
  return Symbol.for('@bsm/session-root/1');
}
