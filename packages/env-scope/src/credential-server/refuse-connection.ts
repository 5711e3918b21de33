import type { Socket } from 'node:net';

const BODY = '{"Code":"AccessDenied","Message":"The request is refused."}';
// Not at the top level, where a bundle would keep it.
const head = (): string =>
  `HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: ${BODY.length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n`;

// Until then a client that is still sending may read the answer; a connection that is cut would take it away.
const LINGER_MS = 500;

/**
 * Refuses whatever a connection asked, byte for byte in the same way, and ends it. What it still sends is not read.
 *
 * Written to the socket itself, so that requests that are no HTTP, or break a limit, get the same as a wrong token.
 */
export function refuseConnection(socket: Socket, method?: string): void {
  if (socket.writableEnded || socket.destroyed) return;
  // The answer to HEAD has no body in HTTP.
  socket.end(method === 'HEAD' ? head() : head() + BODY);
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  timer.unref();
  socket.once('close', () => clearTimeout(timer));
}
