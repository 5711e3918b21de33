import { buildRootSession } from './build-session.js';
import { checkOptions, optionInvalid } from './check-options.js';
import { isRegion } from './region.js';
import type { Session, SessionLike } from './session.js';
import { isCredentials } from './session-options.js';
import { createUnlimitedStore } from './session-store.js';

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
  const parts = { credentials, region };
  checkOptions<SessionLike>('fromSessionLike', parts, { credentials: isCredentials, region: isRegion });
  const session = buildRootSession({
    ...parts,
    stores: { clients: createUnlimitedStore, resources: createUnlimitedStore },
  });
  privateSessions.set(source, session);
  return session;
}

const privateSessions: WeakMap<object, Session> = /* @__PURE__ */ new WeakMap();

function isSession(source: SessionLike): source is Session {
  const { derive, resource, credentials } = (source ?? {}) as Partial<Session>;
  return typeof derive === 'function' && typeof resource === 'function' && typeof credentials === 'function';
}
