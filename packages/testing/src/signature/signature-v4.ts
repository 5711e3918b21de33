import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { type HttpRequest, percentDecode, queryValue } from '../protocol/http-request.js';

/** The signature of a request, taken apart, from its `Authorization` header or from a presigned query. */
export interface SignatureV4 {
  readonly accessKeyId: string;
  /** The day of the credential scope, `YYYYMMDD`. */
  readonly scopeDate: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** When it was signed, `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  readonly sessionToken: string | undefined;
  /** Seconds for which a presigned request is valid; `undefined` for a header signature. */
  readonly presignedSeconds: number | undefined;
}

export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';
const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Reads the signature of a request: `undefined` when there is none, the name of the part at fault when it is broken. */
export function parseSignature(request: HttpRequest): SignatureV4 | string | undefined {
  const authorization = request.headers.get('authorization');
  if (authorization !== undefined) return fromHeader(request, authorization);
  return queryValue(request, 'X-Amz-Algorithm') === undefined ? undefined : fromQuery(request);
}

/**
 * Signs a request again, by the rules of Signature Version 4, to compare with what the client sent.
 * `payloadHash` is the hash of the body in hex, or `UNSIGNED-PAYLOAD`.
 */
export function calculateSignature(
  request: HttpRequest,
  signature: SignatureV4,
  secretAccessKey: string,
  payloadHash: string,
): string {
  const scope = [signature.scopeDate, signature.region, signature.service, 'aws4_request'];
  const canonical = canonicalRequest(request, signature, payloadHash);
  const stringToSign = [ALGORITHM, signature.timestamp, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((chain, part) => hmac(chain, part), `AWS4${secretAccessKey}`);
  return hmac(key, stringToSign).toString('hex');
}

/** Compares two texts in a time that does not depend on where they differ. */
export const equalInConstantTime = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/** SHA-256 in hex. */
export const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');

/** Reads `YYYYMMDDTHHMMSSZ` as milliseconds; `NaN` for anything else. */
export function parseTimestamp(timestamp: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  return match === null ? Number.NaN : Date.parse(`${match.slice(1, 4).join('-')}T${match.slice(4).join(':')}Z`);
}

/** Writes milliseconds as `YYYYMMDDTHHMMSSZ`. */
export const formatTimestamp = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '');

function fromHeader(request: HttpRequest, authorization: string): SignatureV4 | string {
  const match = /^AWS4-HMAC-SHA256\s+(.*)$/s.exec(authorization);
  if (match === null) return ALGORITHM;
  const fields = new Map(match[1]!.split(',').map((part) => splitOnce(part.trim(), '=')));
  const date = request.headers.get('x-amz-date') ?? formatHttpDate(request.headers.get('date'));
  return assemble(fields.get('Credential'), fields.get('SignedHeaders'), fields.get('Signature'), date, {
    sessionToken: request.headers.get('x-amz-security-token'),
    presignedSeconds: undefined,
  });
}

function fromQuery(request: HttpRequest): SignatureV4 | string {
  const value = (name: string): string | undefined => queryValue(request, `X-Amz-${name}`);
  if (value('Algorithm') !== ALGORITHM) return ALGORITHM;
  const presignedSeconds = Number(value('Expires'));
  if (!(presignedSeconds >= 1 && presignedSeconds <= 604_800)) return 'X-Amz-Expires';
  return assemble(value('Credential'), value('SignedHeaders'), value('Signature'), value('Date'), {
    sessionToken: value('Security-Token'),
    presignedSeconds,
  });
}

function assemble(
  credential: string | undefined,
  signedHeaders: string | undefined,
  signature: string | undefined,
  timestamp: string | undefined,
  rest: Pick<SignatureV4, 'sessionToken' | 'presignedSeconds'>,
): SignatureV4 | string {
  const scope = /^(.+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential ?? '');
  if (scope === null) return 'Credential';
  if (signedHeaders === undefined || signedHeaders === '') return 'SignedHeaders';
  if (signature === undefined || signature === '') return 'Signature';
  if (timestamp === undefined || Number.isNaN(parseTimestamp(timestamp))) return 'X-Amz-Date';
  const [, accessKeyId, scopeDate, region, service] = scope as unknown as [string, string, string, string, string];
  return {
    accessKeyId,
    scopeDate,
    region,
    service,
    signedHeaders: signedHeaders.split(';'),
    signature,
    timestamp,
    ...rest,
  };
}

function canonicalRequest(request: HttpRequest, signature: SignatureV4, payloadHash: string): string {
  return [
    request.method,
    canonicalPath(request.path, signature.service),
    canonicalQuery(request),
    ...signature.signedHeaders.map((name) => `${name}:${canonicalHeader(request.headers.get(name))}`),
    '',
    signature.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

/** Every service but S3 encodes the path of the request once more and resolves dots and empty segments. */
function canonicalPath(path: string, service: string): string {
  if (service === 's3')
    return path
      .split('/')
      .map((segment) => percentEncode(percentDecode(segment)))
      .join('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map((segment) => percentEncode(percentEncode(percentDecode(segment)))).join('/')}${end}`;
}

function canonicalQuery(request: HttpRequest): string {
  return request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='))
    .join('&');
}

const canonicalHeader = (value: string | undefined): string => (value ?? '').trim().replace(/ +/g, ' ');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

function splitOnce(text: string, separator: string): [string, string] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function formatHttpDate(value: string | undefined): string | undefined {
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? value : formatTimestamp(time);
}
