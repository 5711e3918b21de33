import type { Pkcs11Options } from './pkcs11-options.js';
import { tokenPin } from './token-pin.js';

/** What the identity of a session has beside its options: an object that is the same for all its connections, and no other's. */
export interface OfSession {
  readonly ofSession?: object;
}

type UsePin = ReturnType<typeof tokenPin>;

/** Gives what uses the PIN of a token: one for all connections of a session, to the credential endpoint and to brokers. */
export function sessionPin(token: Pkcs11Options, session: object | undefined): UsePin {
  const usePin = shared.get(session as object) ?? tokenPin(token);
  if (session) shared.set(session, usePin);
  return usePin;
}

const shared: WeakMap<object, UsePin> = /* @__PURE__ */ new WeakMap();
