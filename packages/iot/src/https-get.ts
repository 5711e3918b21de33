import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as startRequest } from 'node:https';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import { BsmError } from '@bsm/core-cache';
import { type ConnectionStage, connectionError, untrusted } from './connection-error.js';
import type { CredentialRequest } from './credential-request.js';
import type { TlsMaterial } from './tls-material.js';

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** With what a request is sent. */
export interface HttpsGetOptions {
  readonly agent: Agent | undefined;
  /** Whether nobody else uses the agent. */
  readonly ownAgent: boolean;
  readonly material: TlsMaterial;
  /** Tells connections of one identity from those of the one before it. */
  readonly generation: number;
  readonly signal: AbortSignal | undefined;
}

/** Credentials need 2 kB; whoever sends more than this is no credential endpoint. */
export const MAX_BODY_BYTES = 65_536;

/**
 * Sends a GET request over mutual TLS and reads the answer. Redirects are answers like others.
 *
 * The server is verified whatever the agent, `NODE_TLS_REJECT_UNAUTHORIZED` and the options of Node say. A connection that was kept
 * and that the server has closed meanwhile is replaced once.
 *
 * @throws BsmError `ERR_BSM_ENDPOINT_UNREACHABLE`, `ERR_BSM_ENDPOINT_UNTRUSTED`, `ERR_BSM_CERTIFICATE_REJECTED`,
 * `ERR_BSM_RESPONSE_INVALID`; the reason of `signal` after an abort.
 */
export async function httpsGet(request: CredentialRequest, options: HttpsGetOptions): Promise<EndpointAnswer> {
  try {
    return await exchange(request, options);
  } catch (error) {
    if (error !== STALE_CONNECTION) throw error;
    return exchange(request, options);
  }
}

const STALE_CONNECTION: unique symbol = Symbol('stale connection');

function exchange(request: CredentialRequest, options: HttpsGetOptions): Promise<EndpointAnswer> {
  const { signal, material } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const sent = send(request, options);
    const stage: { -readonly [Name in keyof ConnectionStage]: ConnectionStage[Name] } = {
      handshakeDone: false,
      answerBegun: false,
      certificate: material.certificate,
    };
    const { timeoutMs } = request;
    const timer = setTimeout(() => fail(answerTooSlow(timeoutMs, stage)), timeoutMs);
    const onAbort = (): void => fail(signal?.reason);
    signal?.addEventListener('abort', onAbort);

    function end(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }

    function fail(reason: unknown): void {
      end();
      reject(reason);
      sent.destroy();
    }

    sent.on('socket', (socket) => {
      const onSecure = (): void => {
        stage.handshakeDone = true;
      };
      // A connection that was kept has no handshake left to listen for.
      if (sent.reusedSocket) onSecure();
      else socket.once('secureConnect', onSecure);
    });
    sent.on('error', (error) => {
      const stale = sent.reusedSocket && !stage.answerBegun;
      fail(stale ? STALE_CONNECTION : connectionError(error, stage));
    });
    sent.on('response', (response) => {
      stage.answerBegun = true;
      const distrust = distrustOf(response, request);
      if (distrust !== undefined) return fail(untrusted(distrust));
      readBody(response).then(
        (body) => {
          end();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        },
        (error: unknown) => fail(connectionError(error, stage)),
      );
    });
  });
}

function send(request: CredentialRequest, { agent, ownAgent, material, generation }: HttpsGetOptions): ClientRequest {
  const { host, port, path, headers, servername, alpnProtocols } = request;
  const options = {
    agent,
    host,
    port,
    path,
    headers,
    servername,
    secureContext: material.secureContext,
    rejectUnauthorized: true,
    // An agent that is not ours may remember sessions with servers that nobody verified.
    ...(ownAgent ? {} : { session: undefined }),
    // Means nothing to a client, but is a part of the name under which agents keep connections and TLS sessions, in which the
    // secure context is none.
    sessionIdContext: `bsm-${generation}`,
    ...(alpnProtocols && { ALPNProtocols: [...alpnProtocols] }),
  };
  try {
    return startRequest(options).end();
  } catch (cause) {
    throw new BsmError('ERR_BSM_OPTION_INVALID', 'iot: option "agent" must be an agent for https.', {
      cause,
      details: { option: 'agent' },
    });
  }
}

/** An agent has the last word on the options of its connections, so that what it made is looked at again. */
function distrustOf(response: IncomingMessage, { servername, host }: CredentialRequest): unknown {
  const socket = response.socket as Partial<TLSSocket>;
  if (socket.authorized !== true) return socket.authorizationError ?? new Error('the connection was not verified');
  // A resumed session has no certificate any more; that of the connection before it was looked at.
  if (socket.isSessionReused?.()) return undefined;
  return checkServerIdentity(servername || host, socket.getPeerCertificate?.() as never);
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw answerTooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
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
