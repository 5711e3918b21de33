import type { HttpRequest } from '../protocol/http-request.js';
import type { AccessKey } from '../world/identity.js';
import { regionPartition } from './region-partition.js';
import * as refusals from './signature-refusals.js';
import {
  calculateSignature,
  equalInConstantTime,
  formatTimestamp,
  parseTimestamp,
  type SignatureV4,
  sha256,
  UNSIGNED_PAYLOAD,
} from './signature-v4.js';

const FIFTEEN_MINUTES = 15 * 60_000;

/** What a signature is judged by. */
export interface SignatureJudge {
  /** The service that the request is for. */
  readonly service: string;
  /** Real time, which the SDK signs with, as this server sees it. */
  readonly realTime: number;
  /** Virtual time, which credentials expire by. */
  readonly virtualTime: number;
  findKey(accessKeyId: string): AccessKey | undefined;
}

/**
 * Returns the key that a request was signed with, or throws what AWS answers: the key must exist and be active, its token
 * must be the right one, the time of signing within 15 minutes, the signature correct, and the key not expired.
 */
export function authenticate(
  request: HttpRequest,
  signature: SignatureV4 | string | undefined,
  judge: SignatureJudge,
): AccessKey {
  if (signature === undefined) throw refusals.unsigned(judge.service);
  if (typeof signature === 'string') throw refusals.incomplete(judge.service, signature);
  checkScope(signature, judge.service);
  const key = usableKey(signature, judge);
  checkTime(signature, judge);
  checkSignature(request, signature, key, judge.service);
  if (key.expiresAt !== undefined && judge.virtualTime >= key.expiresAt) throw refusals.expired(judge.service);
  return key;
}

function checkScope(signature: SignatureV4, service: string): void {
  if (signature.service !== service) throw refusals.wrongService(service, signature.service);
  if (!/^[a-z0-9-]{1,63}$/.test(signature.region)) throw refusals.wrongRegion(service);
  if (!signature.timestamp.startsWith(signature.scopeDate)) throw refusals.wrongScopeDate(service, signature);
}

function usableKey(signature: SignatureV4, judge: SignatureJudge): AccessKey {
  const key = judge.findKey(signature.accessKeyId);
  if (key === undefined || !key.active || key.principal.deleted) throw refusals.unknownKey(judge.service);
  // Each partition is an AWS of its own, which knows nothing of the keys of another.
  if (regionPartition(signature.region) !== key.principal.account.partition) throw refusals.unknownKey(judge.service);
  if (!equalInConstantTime(key.sessionToken ?? '', signature.sessionToken ?? '')) {
    throw refusals.wrongToken(judge.service);
  }
  return key;
}

function checkTime(signature: SignatureV4, { service, realTime }: SignatureJudge): void {
  const signedAt = parseTimestamp(signature.timestamp);
  const lifetime = signature.presignedSeconds === undefined ? FIFTEEN_MINUTES : signature.presignedSeconds * 1000;
  const now = formatTimestamp(realTime);
  if (signedAt + lifetime < realTime) {
    const limit = formatTimestamp(realTime - lifetime);
    throw refusals.signedTooEarly(service, signature, `${limit} (${now} - ${lifetime / 60_000} min.)`);
  }
  if (signedAt - FIFTEEN_MINUTES > realTime) {
    const limit = formatTimestamp(realTime + FIFTEEN_MINUTES);
    throw refusals.signedTooLate(service, signature, `${limit} (${now} + 15 min.)`);
  }
}

function checkSignature(request: HttpRequest, signature: SignatureV4, key: AccessKey, service: string): void {
  const unsigned = unsignedHeader(request, signature);
  if (unsigned !== undefined) throw refusals.unsignedHeader(service, unsigned);
  const expected = calculateSignature(
    request,
    signature,
    key.secretAccessKey,
    payloadHash(request, signature, service),
  );
  if (!equalInConstantTime(expected, signature.signature)) throw refusals.wrongSignature(service);
}

/** `host` and every `x-amz-` header must be signed, or they could be changed on the way. */
function unsignedHeader(request: HttpRequest, signature: SignatureV4): string | undefined {
  const mustBeSigned = [...request.headers.keys()].filter((name) => name === 'host' || name.startsWith('x-amz-'));
  return ['host', ...mustBeSigned].find((name) => !signature.signedHeaders.includes(name));
}

function payloadHash(request: HttpRequest, signature: SignatureV4, service: string): string {
  const stated = request.headers.get('x-amz-content-sha256');
  if (service !== 's3') return sha256(request.body);
  if (stated === undefined && signature.presignedSeconds === undefined) throw refusals.noPayloadHash();
  if (stated === undefined || stated === UNSIGNED_PAYLOAD) return UNSIGNED_PAYLOAD;
  if (stated !== sha256(request.body)) throw refusals.wrongPayloadHash();
  return stated;
}
