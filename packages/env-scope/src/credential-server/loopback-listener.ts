import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createConnectionGuard } from './connection-guard.js';
import type { CredentialsAnswer } from './credentials-answer.js';
import { headerValues, isCleanRequest } from './is-clean-request.js';
import { refuseConnection } from './refuse-connection.js';
import { serverFailed } from './server-errors.js';

/** What a right path with its right token leads to. */
export interface Grant {
  answer(): Promise<CredentialsAnswer>;
  /** Whether it still holds: it may be revoked while the answer is made. */
  isValid(): boolean;
}

export interface LoopbackListenerOptions {
  /** Finds what belongs to a path and a token, in a time that does not tell which of them was wrong. */
  readonly find: (path: string, token: string) => Grant | undefined;
  readonly maxConnections: number;
  readonly headersMs?: number | undefined;
}

export interface LoopbackListener {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Ends all connections at once. */
  close(): Promise<void>;
}

const HEADERS_MS = 5_000;
const MOST_HEADER_BYTES = 8_192;
// How many connections the system completes before they are accepted here.
const BACKLOG = 2_048;

/**
 * Listens on 127.0.0.1, on a port that the system chooses, for one request a connection. Whatever is not granted is refused in one
 * way. Neither the server nor its connections keep the process alive, and nothing is logged.
 *
 * @throws BsmError `ERR_BSM_CREDENTIAL_SERVER_FAILED`.
 */
export async function listenOnLoopback(options: LoopbackListenerOptions): Promise<LoopbackListener> {
  const { find, maxConnections, headersMs = HEADERS_MS } = options;
  const guard = createConnectionGuard({ maxConnections, burst: BACKLOG, headersMs, onLate: refuseConnection });
  const heard = new WeakSet<Socket>();
  let host = '';

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket, method, url = '' } = request;
    // A second request on the same connection is not looked at.
    if (heard.has(socket)) return;
    heard.add(socket);
    guard.hear(socket);
    const [token = '', ...repeated] = headerValues(request, 'authorization');
    const grant = find(url, token);
    if (!grant || repeated.length > 0 || !isCleanRequest(request, host)) return refuseConnection(socket, method);
    guard.trust(socket);
    const { status, body } = await grant.answer();
    if (!grant.isValid()) return refuseConnection(socket);
    response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'Cache-Control': 'no-store',
      Connection: 'close',
    });
    response.end(body);
  }

  const server = createServer({
    maxHeaderSize: MOST_HEADER_BYTES,
    requireHostHeader: false,
    insecureHTTPParser: false,
  });
  // Their size is limited; a limit of their number would hide those beyond it from the rules.
  server.maxHeadersCount = 0;
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => request.socket.destroy());
  };
  server.on('connection', (socket) => guard.admit(socket));
  // The latter two are requests with `Expect`, which Node would answer by itself.
  for (const event of ['request', 'checkContinue', 'checkExpectation'] as const) server.on(event, serve);
  server.on('connect', (_request, socket) => {
    socket.on('error', () => {});
    refuseConnection(socket as Socket);
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) refuseConnection(socket as Socket);
    else socket.destroy();
  });

  host = `127.0.0.1:${await listen(server)}`;
  return {
    host,
    close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      guard.cutAll();
      return closed;
    },
  };
}

async function listen(server: Server): Promise<number> {
  // Node's defaults are all interfaces, and in a cluster one port for all workers.
  server.listen({ host: '127.0.0.1', port: 0, backlog: BACKLOG, exclusive: true }).unref();
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', (error) => reject(serverFailed('cannot listen on 127.0.0.1', error)));
  });
  // Failures to accept a connection, for want of descriptors: the client tries again.
  server.on('error', () => {});
  return (server.address() as AddressInfo).port;
}
