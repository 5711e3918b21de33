import { createHash, createHmac } from 'node:crypto';
import {
  type AwsCredentialIdentity,
  checkOptions,
  isInteger,
  isObject,
  isRegionName,
  isText,
  type OptionCheck,
  optionInvalid,
} from '@bsm/core-cache';
import { formatAuthority, isMqttEndpoint, isPort, parseMqttEndpoint } from './mqtt-endpoint.js';

/** Options of {@link presignMqttUrl}. */
export interface PresignMqttUrlOptions {
  /** Host of the data endpoint, with a port at most. */
  readonly endpoint: string;
  readonly credentials: AwsCredentialIdentity;
  /** Default: the region in the name of the endpoint; required for a custom domain. */
  readonly region?: string | undefined;
  /** Default: that of the endpoint, else 443. */
  readonly port?: number | undefined;
  /** How long the URL opens connections, 1 to 604800. A connection that was opened stays. Default 900. */
  readonly expiresSeconds?: number | undefined;
  /** When it is signed. Default: now, by the system's clock, since AWS compares with the real time. */
  readonly now?: Date | undefined;
}

const SUBJECT = 'presignMqttUrl';
const SERVICE = 'iotdevicegateway';
const ALGORITHM = 'AWS4-HMAC-SHA256';
const DEFAULT_EXPIRES_SECONDS = 900;

/**
 * Signs the URL under which AWS IoT Core speaks MQTT over a WebSocket.
 *
 * Pure: equal options, equal URL. Signature Version 4 for the service `iotdevicegateway`, with one rule of its own: the session token
 * is appended after signing. The URL is a secret as long as it is valid. See
 * https://docs.aws.amazon.com/iot/latest/developerguide/protocols.html
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * const url = presignMqttUrl({ endpoint: 'a1b2-ats.iot.eu-west-1.amazonaws.com', credentials: await session.credentials() });
 * ```
 */
export function presignMqttUrl(options: PresignMqttUrlOptions): string {
  checkOptions<PresignMqttUrlOptions>(SUBJECT, options ?? null, CHECKS);
  const { credentials, expiresSeconds = DEFAULT_EXPIRES_SECONDS, now = new Date() } = options;
  const missing = (['endpoint', 'credentials'] as const).find((name) => options[name] === undefined);
  if (missing) throw optionInvalid(SUBJECT, missing, 'given');
  const endpoint = parseMqttEndpoint(SUBJECT, options.endpoint, options.port);
  const region = options.region ?? endpoint.region;
  if (region === undefined) throw optionInvalid(SUBJECT, 'region', 'given, since the endpoint does not name one');

  const authority = formatAuthority(endpoint.host, endpoint.port ?? 443);
  const timestamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [timestamp.slice(0, 8), region, SERVICE, 'aws4_request'];
  const query = [
    ['X-Amz-Algorithm', ALGORITHM],
    ['X-Amz-Credential', [credentials.accessKeyId, ...scope].join('/')],
    ['X-Amz-Date', timestamp],
    ['X-Amz-Expires', String(expiresSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ].map(([name, value]) => `${name}=${percentEncode(value as string)}`);
  const canonicalRequest = ['GET', '/mqtt', query.join('&'), `host:${authority}`, '', 'host', sha256('')];
  const text = [ALGORITHM, timestamp, scope.join('/'), sha256(canonicalRequest.join('\n'))].join('\n');
  const key = scope.reduce<string | Buffer>((chain, part) => hmac(chain, part), `AWS4${credentials.secretAccessKey}`);
  query.push(`X-Amz-Signature=${hmac(key, text).toString('hex')}`);
  const { sessionToken } = credentials;
  if (sessionToken !== undefined) query.push(`X-Amz-Security-Token=${percentEncode(sessionToken)}`);
  return `wss://${authority}/mqtt?${query.join('&')}`;
}

const isKeys: OptionCheck = (value, name) => {
  const expected = isObject(value, name);
  if (expected !== undefined) return expected;
  const { accessKeyId, secretAccessKey, sessionToken = 'none' } = value as Partial<AwsCredentialIdentity>;
  const complete = [accessKeyId, secretAccessKey, sessionToken].every((part) => isText(part, name) === undefined);
  return complete ? undefined : 'credentials: accessKeyId, secretAccessKey and, for temporary ones, sessionToken';
};

const isDate: OptionCheck = (value) =>
  value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'a valid Date';

const CHECKS = {
  endpoint: isMqttEndpoint,
  credentials: isKeys,
  region: isRegionName,
  port: isPort,
  expiresSeconds: /* @__PURE__ */ isInteger(1, 604_800),
  now: isDate,
};

/** By the rule of Signature Version 4: everything but `A-Za-z0-9-._~`. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
