import { createHmac } from 'node:crypto';
import { type AwsCredentialIdentity, isInteger, isRegionName } from '@bsm/core-cache';
import { parseSignedEndpoint } from './mqtt-endpoint.js';
import { accept, areTexts, checkRequired, isPort } from './option-checks.js';
import { isMqttEndpoint } from './parse-endpoint.js';
import { sha256 } from './sha256.js';

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
const ALGORITHM = 'AWS4-HMAC-SHA256';

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
  checkRequired<PresignMqttUrlOptions>(SUBJECT, options, CHECKS, ['endpoint', 'credentials']);
  const { credentials, expiresSeconds = 900, now = new Date() } = options;
  const { authority, region } = parseSignedEndpoint(SUBJECT, options);
  const timestamp = now.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = [timestamp.slice(0, 8), region, 'iotdevicegateway', 'aws4_request'];
  const query = [
    `X-Amz-Algorithm=${ALGORITHM}`,
    `X-Amz-Credential=${percentEncode([credentials.accessKeyId, ...scope].join('/'))}`,
    `X-Amz-Date=${timestamp}`,
    `X-Amz-Expires=${expiresSeconds}`,
    'X-Amz-SignedHeaders=host',
  ].join('&');
  const request = `GET\n/mqtt\n${query}\nhost:${authority}\n\nhost\n${sha256('')}`;
  const text = `${ALGORITHM}\n${timestamp}\n${scope.join('/')}\n${sha256(request)}`;
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`);
  const signature = hmac(key, text).toString('hex');
  const { sessionToken } = credentials;
  const token = sessionToken ? `&X-Amz-Security-Token=${percentEncode(sessionToken)}` : '';
  return `wss://${authority}/mqtt?${query}&X-Amz-Signature=${signature}${token}`;
}

function isKeys(value: unknown): boolean {
  const { accessKeyId, secretAccessKey, sessionToken = 'none' } = Object(value) as Partial<AwsCredentialIdentity>;
  return areTexts([accessKeyId, secretAccessKey, sessionToken]);
}

const CHECKS = {
  endpoint: isMqttEndpoint,
  credentials: /* @__PURE__ */ accept(isKeys, 'accessKeyId, secretAccessKey and any sessionToken'),
  region: isRegionName,
  port: isPort,
  expiresSeconds: /* @__PURE__ */ isInteger(1, 604_800),
  now: /* @__PURE__ */ accept((value) => value instanceof Date && !Number.isNaN(value.getTime()), 'a valid Date'),
};

/** By the rule of Signature Version 4: everything but `A-Za-z0-9-._~`. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
