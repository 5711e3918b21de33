import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as startRequest } from 'node:https';
import type { checkServerIdentity, TLSSocket } from 'node:tls';
import type { CredentialRequest } from './credential-request.js';
import { explained } from './explained.js';
import type { TlsMaterial } from './tls-material.js';

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request with what it is sent by, as `node:https` takes it. */
export interface HttpsTarget extends CredentialRequest, TlsMaterial {
  readonly agent: Agent | undefined;
  /** Given where the agent has the last word on its connections, so that their name is to be looked at again. */
  readonly checkServerIdentity?: typeof checkServerIdentity;
  /**
   * Of the one who asks, in one identity. It means nothing to a client, but is a part of the name under which agents keep connections
   * and TLS sessions, in which the secure context is none: nobody meets a connection of somebody else.
   */
  readonly sessionIdContext: string;
}

/** Credentials need 2 kB; whoever sends more than this is no credential endpoint. */
export const MAX_BODY_BYTES = 65_536;

/**
 * Sends a GET request over mutual TLS and reads the answer. Redirects are answers like others.
 *
 * The server is verified whatever the agent, `NODE_TLS_REJECT_UNAUTHORIZED` and the options of Node say. A connection that was kept
 * and that breaks, or is silent for a third of the time, is given up for a new one: once, and within the same deadline.
 *
 * @throws BsmError `ERR_BSM_ENDPOINT_UNREACHABLE`, `ERR_BSM_ENDPOINT_UNTRUSTED`, `ERR_BSM_CERTIFICATE_REJECTED`,
 * `ERR_BSM_RESPONSE_INVALID`; the reason of `givenUp` after an abort.
 */
export async function httpsGet(target: HttpsTarget, givenUp: AbortSignal): Promise<EndpointAnswer> {
  const { timeoutMs } = target;
  const ending = new AbortController();
  const { signal } = ending;
  const end = (): void => ending.abort();
  const timer = setTimeout(end, timeoutMs);
  givenUp.addEventListener('abort', end);
  let sent: ClientRequest | undefined;
  let response: IncomingMessage | undefined;
  let mismatch: unknown;
  let size = 0;
  const silence = setTimeout(() => {
    if (sent?.reusedSocket && !response) sent.destroy();
  }, timeoutMs / 3);

  function send(): Promise<EndpointAnswer> {
    const request = startRequest({ ...target, rejectUnauthorized: true, signal });
    sent = request;
    return new Promise((resolve, reject) => {
      request.on('response', (answer) => resolve(read(answer)));
      // Some ends are no errors, and while it waits for an agent that is busy it does not end at all.
      request.on('error', reject).on('close', reject).end();
      signal.addEventListener('abort', reject);
    });
  }

  async function read(answer: IncomingMessage): Promise<EndpointAnswer> {
    response = answer;
    // At once: a connection that has ended does not tell any more who it was.
    mismatch = mismatchOf(answer.socket as TLSSocket, target);
    if (mismatch) throw mismatch;
    const chunks: Buffer[] = [];
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw new Error('Too long.');
      chunks.push(chunk);
    }
    return { status: answer.statusCode as number, headers: answer.headers, body: Buffer.concat(chunks).toString() };
  }

  try {
    givenUp.throwIfAborted();
    return await send().catch((error) => {
      if (!sent?.reusedSocket || response || signal.aborted) throw error;
      return send();
    });
  } catch (error) {
    const isLate = signal.aborted;
    end();
    givenUp.throwIfAborted();
    throw await explained(error, { target, sent, response, mismatch, size, isLate });
  } finally {
    clearTimeout(timer);
    clearTimeout(silence);
    givenUp.removeEventListener('abort', end);
  }
}

/** Whether the server did not show who it is, whatever an agent made of the options. */
function mismatchOf(socket: TLSSocket, { servername, host, checkServerIdentity }: HttpsTarget): unknown {
  if (!socket.authorized) return socket.authorizationError ?? 'NOT_VERIFIED';
  return checkServerIdentity?.(servername || host, socket.getPeerCertificate());
}
