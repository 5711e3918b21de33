import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as startRequest } from 'node:https';
import { checkServerIdentity, type SecureContext, type TLSSocket } from 'node:tls';
import type { CredentialRequest } from './credential-request.js';
import { explained } from './explained.js';

/** What an endpoint answered. */
export interface EndpointAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request with what it is sent by, as `node:https` takes it. */
export interface HttpsTarget extends CredentialRequest {
  readonly agent: Agent | undefined;
  readonly secureContext: SecureContext;
}

/** Credentials need 2 kB; whoever sends more than this is no credential endpoint. */
export const MAX_BODY_BYTES = 65_536;

/**
 * Sends a GET request over mutual TLS and reads the answer. Redirects are answers like others.
 *
 * The server is verified whatever the agent, `NODE_TLS_REJECT_UNAUTHORIZED` and the options of Node say. A connection that was kept
 * and that the server has closed meanwhile is replaced.
 *
 * @throws BsmError `ERR_BSM_ENDPOINT_UNREACHABLE`, `ERR_BSM_ENDPOINT_UNTRUSTED`, `ERR_BSM_CERTIFICATE_REJECTED`,
 * `ERR_BSM_RESPONSE_INVALID`; the reason of `signal` after an abort.
 */
export async function httpsGet(
  target: HttpsTarget,
  certificate: X509Certificate | undefined,
  givenUp: AbortSignal,
): Promise<EndpointAnswer> {
  const { timeoutMs, servername, host } = target;
  const ending = new AbortController();
  const { signal } = ending;
  const end = (): void => ending.abort();
  const timer = setTimeout(end, timeoutMs);
  givenUp.addEventListener('abort', end);
  let sent: ClientRequest | undefined;
  let response: IncomingMessage | undefined;
  let mismatch: unknown;
  let size = 0;
  try {
    givenUp.throwIfAborted();
    sent = startRequest({ ...target, rejectUnauthorized: true, signal }).end();
    // What comes after the answer has begun is also an error of the answer.
    sent.on('error', () => {});
    [response] = (await once(sent, 'response', { signal })) as [IncomingMessage];
    mismatch = mismatchOf(response.socket as TLSSocket, servername || host);
    if (mismatch) throw mismatch;
    const chunks: Buffer[] = [];
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) throw new Error('Too long.');
      chunks.push(chunk);
    }
    return { status: response.statusCode as number, headers: response.headers, body: Buffer.concat(chunks).toString() };
  } catch (error) {
    const isLate = signal.aborted;
    end();
    givenUp.throwIfAborted();
    if (sent?.reusedSocket && !response && !isLate) return httpsGet(target, certificate, givenUp);
    throw await explained(error, { certificate, sent, response, mismatch, size, isLate, timeoutMs });
  } finally {
    clearTimeout(timer);
    givenUp.removeEventListener('abort', end);
  }
}

/** An agent has the last word on the options of its connections, so that what it made is looked at again. */
function mismatchOf(socket: TLSSocket, name: string): unknown {
  if (!socket.authorized) return socket.authorizationError ?? new Error('Not verified.');
  // A resumed session has no certificate any more; that of the connection before it was looked at.
  return socket.isSessionReused() ? undefined : checkServerIdentity(name, socket.getPeerCertificate());
}
