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
  const { socket } = request;
  if (socket) judge(socket as TLSSocket);
  else request.once('socket', judge);

  function judge(connected: TLSSocket): void {
    const { authorized, authorizationError } = connected;
    if (authorized === undefined) sendNothingSecret(request);
    else if (authorized || authorizationError || connected.destroyed) {
      const distrust = distrustOf(connected, host);
      if (distrust) request.destroy(distrust);
      else request.end();
    } else connected.once('secureConnect', () => judge(connected));
  }
}

function sendNothingSecret(request: ClientRequest): void {
  request.path = '/mqtt';
  request.removeHeader('sec-websocket-key');
  request.end();
}

/** Why a connection is not one to the host, with the code that TLS has for it. A resumed session has no certificate to show. */
function distrustOf(socket: TLSSocket, host: string): Error | undefined {
  if (socket.destroyed) return new Error('closed');
  if (!socket.authorized) return Object.assign(new Error('not verified'), { code: 'CERT_UNTRUSTED' });
  return checkServerIdentity(host, socket.getPeerCertificate());
}
