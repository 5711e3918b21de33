import type { X509Certificate } from 'node:crypto';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { BsmError, isBsmError, optionInvalid } from '@bsm/core-cache';
import { type HttpsTarget, MAX_BODY_BYTES } from './https-get.js';

const CREDENTIALS = 'Cannot get credentials';
const NOT_HTTP =
  'the endpoint answered with something that is not HTTP, or not as it was asked. Check options.endpoint and its port';

/** How far a connection came. */
export interface ConnectionStage {
  readonly handshakeDone: boolean;
  readonly answerBegun: boolean;
  /** Of the device. */
  readonly certificate: X509Certificate | undefined;
  /** What cannot be done without the connection. Default: "Cannot get credentials". */
  readonly subject?: string | undefined;
}

/** A request that failed, and how far it came. */
export interface FailedRequest {
  readonly target: HttpsTarget;
  readonly sent: ClientRequest | undefined;
  readonly response: IncomingMessage | undefined;
  /** How the server did not show that it is the endpoint. */
  readonly mismatch: unknown;
  /** Bytes of the answer's body. */
  readonly size: number;
  /** Whether the deadline has passed. */
  readonly isLate: boolean;
}

/** Turns what ended a request into an error that says what to do. */
export function requestError(error: unknown, request: FailedRequest): BsmError {
  const { sent, response, mismatch, size, isLate } = request;
  const { certificate, timeoutMs } = request.target;
  if (mismatch !== undefined) return response && isProxyAnswer(response) ? proxyAnswered(response) : untrusted(error);
  if (size > MAX_BODY_BYTES) return answerTooLong();
  // Known as soon as the handshake is done, also of a connection that was kept.
  const handshakeDone = (sent?.socket as TLSSocket | null | undefined)?.authorized === true;
  const stage = { certificate, handshakeDone, answerBegun: response !== undefined };
  if (isLate) return answerTooSlow(timeoutMs, stage);
  // Without an error it was closed here, since it wanted to go on in another protocol.
  if (error === undefined) return broken(NOT_HTTP, 'ERR_BSM_RESPONSE_INVALID', error, stage);
  const isForHttp = (error as { code?: unknown } | undefined)?.code === 'ERR_INVALID_PROTOCOL';
  return isForHttp ? optionInvalid('iot', 'agent', 'an agent for https', error) : connectionError(error, stage);
}

/**
 * Turns what broke a connection into an error that says whose fault it is likely to be and what to do.
 *
 * @see https://www.iana.org/assignments/tls-parameters for the alerts by which a server refuses a certificate.
 */
export function connectionError(error: unknown, stage: ConnectionStage): BsmError {
  if (isBsmError(error)) return error;
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  // OpenSSL has a code of its own for each alert, except in TLS 1.2, where only its text tells them apart.
  const alert = /ALERT_([A-Z_]+)/.exec(code)?.[1] ?? /alert ([a-z ]+)/.exec(message)?.[1] ?? '';
  if (REFUSAL.test(alert)) return refused(alert.toLowerCase().replaceAll('_', ' '), error, stage);
  if (UNTRUSTED.test(code)) return untrusted(error, stage.subject);
  if (/^HPE_[A-Z]/.test(code)) return broken(NOT_HTTP, 'ERR_BSM_RESPONSE_INVALID', error, stage);
  if (stage.answerBegun) return broken('the answer ended in the middle', 'ERR_BSM_RESPONSE_INVALID', error, stage);
  const ended = endOf(stage.certificate);
  if (stage.handshakeDone && ended !== undefined) return refused('connection closed', error, stage);
  if (stage.handshakeDone) {
    return broken(
      'the endpoint closed the connection right after the handshake, which is how some refuse a certificate. If it stays so, check that the certificate is active and signed by an authority that the endpoint knows',
      'ERR_BSM_ENDPOINT_UNREACHABLE',
      error,
      stage,
    );
  }
  return broken(
    `no connection to the endpoint${code && ` (${code})`}. Check options.endpoint, the network and a proxy`,
    'ERR_BSM_ENDPOINT_UNREACHABLE',
    error,
    stage,
  );
}

/**
 * Tells an answer that came before there was TLS: that of a proxy to CONNECT, which some agents hand on as if it were the server's.
 */
export function isProxyAnswer({ socket }: IncomingMessage): boolean {
  return (socket as Partial<TLSSocket> | null)?.authorized === undefined;
}

/** Makes the error of a proxy that refused. */
export function proxyAnswered({ statusCode }: IncomingMessage, subject: string = CREDENTIALS): BsmError {
  return new BsmError(
    'ERR_BSM_ENDPOINT_UNREACHABLE',
    `${subject}: the proxy answered HTTP ${statusCode}. Check the agent, its proxy and what it lets through.`,
    { retryable: true, details: { statusCode } },
  );
}

/** Makes the error of a server that did not show that it is the endpoint. */
function untrusted(error: unknown, subject: string = CREDENTIALS): BsmError {
  const { code = typeof error === 'string' ? error : '' } = error as { code?: string };
  const what =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID'
      ? 'its certificate is for another name. Check options.endpoint, or give the name in options.servername'
      : 'its certificate comes from an unknown authority or is not valid now. Pass options.ca for a private authority; check the clock, and whether a proxy breaks TLS open';
  return new BsmError('ERR_BSM_ENDPOINT_UNTRUSTED', `${subject}: the endpoint is not trusted: ${what}.`, {
    cause: error,
    details: code === '' ? {} : { reason: code },
  });
}

function refused(alert: string, cause: unknown, { certificate, subject = CREDENTIALS }: ConnectionStage): BsmError {
  const ended = endOf(certificate);
  const advice =
    ended === undefined
      ? 'Check that it is active, and signed by an authority that is registered with the endpoint'
      : `It ended on ${ended}: replace it`;
  return new BsmError(
    'ERR_BSM_CERTIFICATE_REJECTED',
    `${subject}: the endpoint refused the certificate of the device (${alert}). ${advice}.`,
    { cause, details: { reason: alert } },
  );
}

/** The end of a certificate that is over by the clock of this machine. */
function endOf(certificate: X509Certificate | undefined): string | undefined {
  if (certificate === undefined) return undefined;
  const end = new Date(certificate.validTo);
  return end.getTime() < Date.now() ? end.toISOString() : undefined;
}

function broken(
  what: string,
  code: 'ERR_BSM_ENDPOINT_UNREACHABLE' | 'ERR_BSM_RESPONSE_INVALID',
  cause: unknown,
  { subject = CREDENTIALS }: ConnectionStage,
): BsmError {
  return new BsmError(code, `${subject}: ${what}.`, { retryable: true, cause });
}

/** Makes the error of an answer that is no answer of this kind. */
export function answerTooLong(): BsmError {
  return new BsmError(
    'ERR_BSM_RESPONSE_INVALID',
    `Cannot get credentials: the answer is longer than ${MAX_BODY_BYTES} bytes, so that this is no credential endpoint. Check options.endpoint.`,
    { retryable: true },
  );
}

/** Makes the error of a deadline, which says how far the request came. */
export function answerTooSlow(timeoutMs: number, { handshakeDone, answerBegun }: ConnectionStage): BsmError {
  const what = answerBegun ? 'did not end its answer' : handshakeDone ? 'did not answer' : 'was not connected';
  return new BsmError(
    'ERR_BSM_ENDPOINT_UNREACHABLE',
    `Cannot get credentials: the endpoint ${what} within ${timeoutMs} ms. Check the network, or raise options.timeoutMs.`,
    { retryable: true, details: { timeoutMs } },
  );
}

const REFUSAL =
  /unknown.ca|bad.certificate|certificate.(expired|required|revoked|unknown|unobtainable)|unsupported.certificate|access.denied|decrypt.error|handshake.failure/i;

const UNTRUSTED =
  /^(ERR_TLS_CERT_ALTNAME_INVALID|CERT_.*|UNABLE_TO_.*(CERT|ISSUER|CRL|SIGNATURE).*|.*SELF_SIGNED_CERT.*|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERROR_IN_CERT.*)$/;
