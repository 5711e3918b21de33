import type { ClientRequest } from 'node:http';
import { checkServerIdentity, type TLSSocket } from 'node:tls';

/**
 * Sends the request for a WebSocket, whose URL is a secret, once its connection has shown to be one to the host, and ends it otherwise.
 *
 * An agent has the last word on the options of its connections, so that what it made is looked at here again. One without TLS is that
 * of a proxy whose refusal the agent hands on, or of an agent that connects in plain text: it gets neither the signature nor the key
 * without which nobody can accept a WebSocket.
 */
export function sendWhenTrusted(request: ClientRequest, host: string): void {
  request.once('socket', (socket: TLSSocket) => {
    const { authorized, authorizationError } = socket;
    if (authorized === undefined) {
      request.path = '/mqtt';
      request.removeHeader('sec-websocket-key');
      request.end();
    } else if (authorized || authorizationError) judge(socket);
    else socket.once('secureConnect', () => judge(socket));
  });

  function judge(socket: TLSSocket): void {
    const distrust = distrustOf(socket, host);
    if (distrust) request.destroy(distrust);
    else request.end();
  }
}

/** Why a connection is not one to the host, with the code that TLS has for it. A resumed session has no certificate to show. */
function distrustOf(socket: TLSSocket, host: string): Error | undefined {
  if (!socket.authorized || socket.destroyed) return Object.assign(new Error('not verified'), { code: 'CERT_UNTRUSTED' });
  return checkServerIdentity(host, socket.getPeerCertificate());
}
