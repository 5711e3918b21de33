import type { HttpRequest } from '../protocol/http-request.js';
import type { QueryParams } from '../protocol/query-protocol.js';
import type { XmlValue } from '../protocol/xml.js';
import type { AccessKey } from '../world/identity.js';
import type { World } from '../world/world.js';

/** One operation of a service. */
export interface Operation {
  readonly service: 'sts' | 'iam' | 's3';
  /** Version of the API, as clients send it; empty for S3. */
  readonly version: string;
  readonly name: string;
  /** `false` for an operation that is called without a signature. Default `true`. */
  readonly signed?: boolean;
  /** Answers a call, or throws a `ServiceError`. */
  handle(call: OperationCall): XmlValue;
}

/** A call whose signature was found right. */
export interface OperationCall {
  readonly world: World;
  readonly params: QueryParams;
  readonly request: HttpRequest;
  /** The caller's key; `undefined` for an operation without signature only. */
  readonly caller: AccessKey | undefined;
  /** Written by a fault: the expiration to put on the credentials that are issued. */
  readonly expiration: ExpirationOverride | undefined;
}

/** An expiration to put on credentials in place of the true one. */
interface ExpirationOverride {
  /** The text of the answer; `undefined` for a time that has just passed. */
  readonly text: string | undefined;
}

/** The caller of an operation that is always signed. */
export function signedCaller(call: OperationCall): AccessKey {
  if (call.caller === undefined) throw new Error('a signed operation was called without a key');
  return call.caller;
}
