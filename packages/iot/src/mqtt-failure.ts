import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { BsmError, type BsmErrorCode, isBsmError, optionInvalid } from '@bsm/core-cache';
import { connectionError, isProxyAnswer, proxyAnswered } from './connection-error.js';

const SUBJECT = 'Cannot connect to the MQTT broker';

/** Turns what kept a connection from being made into a typed error. */
export function openingFailure(error: unknown, certificate?: X509Certificate): BsmError {
  return connectionError(error, { handshakeDone: false, answerBegun: false, certificate, subject: SUBJECT });
}

/** Turns what ended a connection that was made into a typed error; `answered` tells whether the broker had said yes. */
export function mqttFailure(error: unknown, answered: boolean): BsmError {
  if (isBsmError(error)) return error;
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  if (typeof code === 'number') return brokerRefused(message, code);
  if (/^(connack|keepalive) timeout$/i.test(message)) return broken('it did not answer in time', error);
  // In TLS 1.3 a broker refuses a certificate after the handshake.
  const known = openingFailure(error);
  if (known.code !== 'ERR_BSM_ENDPOINT_UNREACHABLE') return known;
  const isClosed = code === 'ECONNRESET' || code === 'EPIPE';
  return answered || !isClosed ? broken('the connection broke', error) : closedBeforeAnswer(error);
}

/** The answer to the request for a WebSocket was not 101. */
export function upgradeRefused(response: IncomingMessage): BsmError {
  if (isProxyAnswer(response)) return proxyAnswered(response, SUBJECT);
  const statusCode = response.statusCode as number;
  const [code, retryable, advice] = upgradeKind(statusCode);
  return new BsmError(code, `${SUBJECT}: it answered the WebSocket with HTTP ${statusCode}. ${advice}`, {
    retryable,
    details: { statusCode },
  });
}

function upgradeKind(statusCode: number): readonly [code: BsmErrorCode, retryable: boolean, advice: string] {
  if (statusCode === 401 || statusCode === 403) {
    return [
      'ERR_BSM_CREDENTIALS_REJECTED',
      false,
      'It does not accept the signature: are the credentials expired or revoked, is the region that of the endpoint, is the clock right?',
    ];
  }
  if (statusCode === 429) return ['ERR_BSM_THROTTLED', true, 'Connect less often.'];
  if (statusCode >= 500) return ['ERR_BSM_SERVICE_FAILED', true, 'Try later.'];
  return ['ERR_BSM_REQUEST_REJECTED', false, 'Is it the data endpoint of AWS IoT Core, and is nothing in between?'];
}

/** The connection was closed before the broker answered to CONNECT. AWS does that, where others send a reason. */
export function closedBeforeAnswer(cause?: unknown): BsmError {
  return new BsmError(
    'ERR_BSM_MQTT_REFUSED',
    `${SUBJECT}: it closed the connection before it answered. Is the certificate active, and does the policy of the certificate or role allow iot:Connect for this client id?`,
    { retryable: true, cause },
  );
}

/** mqtt.js does not take what it shall send. Before the first answer that is CONNECT, whose settings were checked here but for these. */
export function sendingFailure(error: unknown, answered: boolean): BsmError {
  if (isBsmError(error) || answered) return mqttFailure(error, answered);
  return optionInvalid('connectMqtt', 'clientOptions', 'what mqtt.js takes, see the cause', error);
}

/** Reason codes after which the same connection can be made later: unavailable, busy, quota, moved, rate (both versions of MQTT). */
const RETRYABLE: readonly number[] = [3, 136, 137, 142, 151, 156, 157, 159];

function brokerRefused(message: string, reasonCode: number): BsmError {
  return new BsmError('ERR_BSM_MQTT_REFUSED', `${SUBJECT}: ${message || 'it refused'} (${reasonCode}).`, {
    retryable: RETRYABLE.includes(reasonCode),
    details: { reasonCode },
  });
}

function broken(what: string, cause: unknown): BsmError {
  return new BsmError('ERR_BSM_ENDPOINT_UNREACHABLE', `${SUBJECT}: ${what}.`, { retryable: true, cause });
}
