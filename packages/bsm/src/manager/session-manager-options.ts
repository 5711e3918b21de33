import {
  assertOption,
  createSession,
  fromSessionLike,
  isObject,
  isText,
  optionInvalid,
  parseExpiration,
  type Session,
  type SessionLike,
  type SessionOptions,
} from '@bsm/core-cache';
import type { ServiceLookup } from '@bsm/services/names';

/** Options of `SessionManager`: those of `createSession`, keys by themselves, and where clients are found by name. */
export interface SessionManagerOptions extends SessionOptions {
  /** With `secretAccessKey`; instead of `credentials`. */
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  /** Of temporary keys. */
  readonly sessionToken?: string | undefined;
  /** When the keys end: a Date, or ISO 8601 with an offset. Default: never, as far as the manager knows. */
  readonly expiration?: Date | string | undefined;
  /**
   * A session to be the manager of, instead of making one: both share everything. All options but the two below are then those of the
   * session, and what is given is not looked at, so that a subclass may have options of its own in every case.
   */
  readonly session?: SessionLike | undefined;
  /** From where the packages of clients are resolved: a path or a file URL. Default: the main module. */
  readonly resolveFrom?: ServiceLookup['resolveFrom'];
  /** Modules of clients by name, for a bundle: `{ s3: () => import('@aws-sdk/client-s3') }`. */
  readonly services?: ServiceLookup['services'];
}

const SUBJECT = 'SessionManager';

/**
 * Makes the session of a manager from its options.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 */
export function createManagedSession(options: SessionManagerOptions): Session {
  assertOption(SUBJECT, 'options', options, isObject);
  if (options.session !== undefined) return fromSessionLike(options.session);
  const {
    accessKeyId,
    secretAccessKey,
    sessionToken,
    expiration,
    session: _,
    resolveFrom: __,
    services: ___,
    ...rest
  } = options;
  const keys = { accessKeyId, secretAccessKey, sessionToken };
  const given = Object.entries({ ...keys, expiration }).filter(([, value]) => value !== undefined);
  const [first] = given;
  if (!first) return createSession(rest);
  for (const [name, value] of given) if (name !== 'expiration') assertOption(SUBJECT, name, value, isText);
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const missing = accessKeyId === undefined ? 'accessKeyId' : 'secretAccessKey';
    throw optionInvalid(SUBJECT, missing, `given when ${first[0]} is`);
  }
  if (rest.credentials !== undefined) throw optionInvalid(SUBJECT, 'credentials', 'absent when accessKeyId is given');
  const ends = readExpiration(expiration);
  const credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(ends && { expiration: ends }),
  };
  return createSession({ ...rest, credentials });
}

function readExpiration(value: unknown): Date | undefined {
  try {
    return parseExpiration(value);
  } catch (cause) {
    throw optionInvalid(SUBJECT, 'expiration', 'a Date, or ISO 8601 with an offset', cause);
  }
}
