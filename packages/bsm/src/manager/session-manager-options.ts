import {
  assertOption,
  checkOptions,
  createSession,
  fromSessionLike,
  isObject,
  isText,
  type OptionCheck,
  type OptionChecks,
  optionInvalid,
  parseExpiration,
  type Session,
  type SessionLike,
  type SessionOptions,
} from '@bsm/core-cache';
import type { ServiceLookup } from '@bsm/services/names';
import { isHandedOn } from './hand-on.js';

/** Options of `SessionManager`: those of `createSession`, keys by themselves, and where clients are found by name. */
export interface SessionManagerOptions extends SessionOptions, ManagerLookup {
  /** With `secretAccessKey`; instead of `credentials`. */
  readonly accessKeyId?: string | undefined;
  readonly secretAccessKey?: string | undefined;
  /** Of temporary keys. */
  readonly sessionToken?: string | undefined;
  /** When the keys end: a Date, or ISO 8601 with an offset. Default: never, as far as the manager knows. */
  readonly expiration?: Date | string | undefined;
  /** See {@link ManagedSessionOptions}. */
  readonly session?: undefined;
}

/** Options of a `SessionManager` of a session that there is already. What the session has is refused here. */
export type ManagedSessionOptions = ManagerLookup & {
  readonly [Name in Exclude<keyof SessionManagerOptions, keyof ManagerLookup | 'session'>]?: undefined;
} & {
  /** A session to be the manager of, instead of making one, or anything with credentials and a region: both share everything. */
  readonly session: SessionLike;
};

/** Where a manager finds clients by name. */
interface ManagerLookup {
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
export function createManagedSession(options: SessionManagerOptions | ManagedSessionOptions): Session {
  assertOption(SUBJECT, 'options', options, isObject);
  if (options.session !== undefined) {
    if (!isHandedOn(options.session)) checkOptions(SUBJECT, options, besideSession());
    return fromSessionLike(options.session);
  }
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

function besideSession(): OptionChecks<ManagedSessionOptions> {
  const isAny: OptionCheck = () => undefined;
  const isOfSession: OptionCheck = () => 'absent beside session, which has it';
  return {
    session: isAny,
    resolveFrom: isAny,
    services: isAny,
    profile: isOfSession,
    region: isOfSession,
    credentials: isOfSession,
    accessKeyId: isOfSession,
    secretAccessKey: isOfSession,
    sessionToken: isOfSession,
    expiration: isOfSession,
    mfaToken: isOfSession,
    clientDefaults: isOfSession,
    clientCache: isOfSession,
    resourceCache: isOfSession,
    pool: isOfSession,
    refresh: isOfSession,
    clock: isOfSession,
  };
}

function readExpiration(value: unknown): Date | undefined {
  try {
    return parseExpiration(value);
  } catch (cause) {
    throw optionInvalid(SUBJECT, 'expiration', 'a Date, or ISO 8601 with an offset', cause);
  }
}
