import { isSessionToken } from '../session-token.js';
import type { Pkcs11Options } from './pkcs11-options.js';
import { tokenPin } from './token-pin.js';

type UsePin = ReturnType<typeof tokenPin>;

/** Gives what uses the PIN of a token: one for all connections of a session, to the credential endpoint and to brokers. */
export function sessionPin(token: Pkcs11Options): UsePin {
  if (!isSessionToken(token)) return tokenPin(token);
  const usePin = shared.get(token) ?? tokenPin(token);
  shared.set(token, usePin);
  return usePin;
}

const shared: WeakMap<Pkcs11Options, UsePin> = /* @__PURE__ */ new WeakMap();
