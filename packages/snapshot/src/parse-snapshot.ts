import { type AwsCredentialIdentity, BsmError, isObject, isRegionName } from '@bsm/core-cache';
import { parseExpirationTime } from './expiration-time.js';

/** What a snapshot says, checked. */
export interface ParsedSnapshot {
  readonly region: string | undefined;
  readonly credentials: AwsCredentialIdentity;
}

/**
 * Takes out of a value what belongs to a snapshot, by name and only as its own members; whatever else it has is never looked at.
 *
 * Python's library passes each key of a file to a constructor: an endpoint in it sends requests elsewhere, half a key pair falls
 * back to other credentials. `null` counts as absent, as Python's `None` becomes it.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_INVALID` naming the member that is wrong, never its value.
 */
export function parseSnapshot(value: unknown, origin: string): ParsedSnapshot {
  const text = (name: string, pattern: RegExp, expected: string): string | undefined => {
    const member = ownMember(value, name, origin) ?? undefined;
    if (member === undefined || (typeof member === 'string' && pattern.test(member))) return member;
    throw snapshotInvalid(origin, `${name} is not ${expected}`);
  };
  const required = (name: string, pattern: RegExp, expected: string): string => {
    const found = text(name, pattern, expected);
    if (found === undefined) throw snapshotInvalid(origin, `${name} is missing`);
    return found;
  };

  if (!isReadableObject(value)) throw snapshotInvalid(origin, 'it is not an object');
  const accessKeyId = required('aws_access_key_id', VISIBLE, 'a text of visible characters');
  const secretAccessKey = required('aws_secret_access_key', FILLED, 'a text');
  const sessionToken = text('aws_session_token', VISIBLE_OR_NONE, 'a text of visible characters');
  const region = text('region_name', /^/, 'a region such as "eu-west-1"');
  const expected = region === undefined ? undefined : isRegionName(region, '');
  if (expected !== undefined) throw snapshotInvalid(origin, `region_name is not ${expected}`);
  const expiration = expirationOf(ownMember(value, 'expiration_time', origin), origin);
  return {
    region,
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      ...(expiration && { expiration }),
    },
  };
}

// Key id and token become headers of requests.
const VISIBLE = /^[!-~]+$/;
const VISIBLE_OR_NONE = /^[!-~]*$/;
const FILLED = /./s;

function expirationOf(value: unknown, origin: string): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const date = parseExpirationTime(value);
  if (typeof date === 'string') throw snapshotInvalid(origin, `expiration_time is ${date}`);
  return date;
}

function isReadableObject(value: unknown): boolean {
  try {
    return isObject(value, '') === undefined;
  } catch {
    return false;
  }
}

function ownMember(value: unknown, name: string, origin: string): unknown {
  try {
    return Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : undefined;
  } catch {
    // A getter or a proxy that throws.
    throw snapshotInvalid(origin, `${name} cannot be read`);
  }
}

/** Makes the error of what is no snapshot. */
export function snapshotInvalid(origin: string, problem: string): BsmError {
  const message = `${origin} is not usable: ${problem}.`;
  return new BsmError('ERR_BSM_SNAPSHOT_INVALID', message);
}
