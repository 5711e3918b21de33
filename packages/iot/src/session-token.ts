import type { IotSessionOptions } from './iot-options.js';

/** Marks the token of a session. By its name, since more than one part of this package has a copy of this file. */
const OF_SESSION: symbol = /* @__PURE__ */ Symbol.for('bsm.iot.session');

/**
 * Gives options a token of their own for one session: all its connections share what becomes known of the PIN, and no other session
 * does, so that a new one tries again.
 */
export function withSessionToken(options: IotSessionOptions): IotSessionOptions {
  const { pkcs11 } = options;
  const token = pkcs11 && Object.create(pkcs11, { [OF_SESSION]: { value: true } });
  // Not copied: what options inherit counts as well.
  return Object.create(options, { pkcs11: { value: token } }) as IotSessionOptions;
}

/** Whether a token is that of a session. */
export function isSessionToken(token: object): boolean {
  return OF_SESSION in token;
}
