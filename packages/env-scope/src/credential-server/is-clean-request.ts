import type { IncomingMessage } from 'node:http';

// What proxies and browsers add, and what asks for more than an answer. None of it is sent by an AWS SDK to a loopback address.
const REFUSED_HEADER =
  /^(?:x-forwarded-.*|forwarded|via|x-real-ip|origin|referer|sec-.*|access-control-.*|cookie|upgrade|expect|transfer-encoding|proxy-.*)$/;

/**
 * Tells whether a request could come from a child process that asks for credentials: GET, without a body, sent to this very host
 * and port from 127.0.0.1, straight and by no browser.
 *
 * The host is what a page of a browser cannot choose when a name of its own is made to lead here (DNS rebinding).
 */
export function isCleanRequest(request: IncomingMessage, host: string): boolean {
  const { method, socket } = request;
  if (method !== 'GET' || socket.remoteAddress !== '127.0.0.1') return false;
  const hosts = headerValues(request, 'host');
  if (hosts.length !== 1 || hosts[0] !== host) return false;
  if (headerValues(request, 'content-length').some((length) => length !== '0')) return false;
  return request.rawHeaders.every((name, index) => index % 2 === 1 || !REFUSED_HEADER.test(name.toLowerCase()));
}

/** All values of a header, as they were sent: Node's own view drops or joins repeated ones. */
export function headerValues({ rawHeaders }: IncomingMessage, name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}
