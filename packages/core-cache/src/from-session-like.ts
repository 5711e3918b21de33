import { optionInvalid } from './check-options.js';
import { createSessionFactory } from './create-session-factory.js';
import { BsmError } from './errors.js';
import type { Session, SessionLike } from './session.js';

/**
 * Returns the session itself, or the private session of what only has credentials and a region, such as the configuration of an
 * SDK client. The same object gets the same private session for as long as the object lives.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for anything else.
 *
 * @example
 * ```ts
 * const session = fromSessionLike(s3.config);
 * ```
 */
export function fromSessionLike(source: SessionLike): Session {
  if (isSession(source)) return source;
  const { credentials, region } = (source ?? {}) as Partial<SessionLike>;
  if (credentials === undefined || region === undefined) {
    throw optionInvalid('fromSessionLike', 'source', 'a session, or an object with credentials and region');
  }
  const known = privateSessions.get(source);
  if (known) return known;
  const session = createPrivateSession({ credentials, region });
  privateSessions.set(source, session);
  return session;
}

const privateSessions: WeakMap<object, Session> = /* @__PURE__ */ new WeakMap();

const createPrivateSession: ReturnType<typeof createSessionFactory> = /* @__PURE__ */ createSessionFactory({
  defaultCredentials() {
    throw new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', 'A session of its own credentials has no default ones.');
  },
});

function isSession(source: SessionLike): source is Session {
  const { derive, resource, credentials } = (source ?? {}) as Partial<Session>;
  return typeof derive === 'function' && typeof resource === 'function' && typeof credentials === 'function';
}
