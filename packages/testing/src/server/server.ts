import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Faults } from '../faults/faults.js';
import { findTarget } from '../protocol/call-target.js';
import { type HttpRequest, parseTarget } from '../protocol/http-request.js';
import { parseSignature } from '../signature/signature-v4.js';
import { callerArn } from '../world/identity.js';
import type { World } from '../world/world.js';
import { answerRequest } from './answer-request.js';
import { deliver } from './deliver.js';
import { maskParams, type OpenRecord } from './recorded-request.js';
import type { Recorder } from './recorder.js';

const MAX_BODY_BYTES = 1_000_000;

/** A server that listens. */
export interface RunningServer {
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Starts listening on a free port of the loopback address. Neither the server nor its sockets hold the process open. */
export async function startServer(world: World, faults: Faults, recorder: Recorder): Promise<RunningServer> {
  const server = createServer((incoming, response) => {
    serve(incoming, response, { world, faults, recorder }).catch((error: unknown) => response.destroy(error as Error));
  });
  const port = await listen(server);
  let closed: Promise<void> | undefined;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close() {
      recorder.close();
      closed ??= closeServer(server);
      return closed;
    },
  };
}

/** Listens on a free port of the loopback address, which it returns. Neither the server nor its sockets hold the process open. */
export async function listen(server: Server): Promise<number> {
  // An idle connection that the server closed just when the client takes it up again would look like a fault.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  server.on('connection', (socket: Socket) => socket.unref());
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

interface Parts {
  readonly world: World;
  readonly faults: Faults;
  readonly recorder: Recorder;
}

async function serve(incoming: IncomingMessage, response: ServerResponse, parts: Parts): Promise<void> {
  const request = await readRequest(incoming);
  if (request === undefined) return void response.writeHead(413, { connection: 'close' }).end();
  const signature = parseSignature(request);
  const target = findTarget(request, signature);
  const parsed = typeof signature === 'object' ? signature : undefined;
  const key = parsed === undefined ? undefined : parts.world.keys.get(parsed.accessKeyId);
  const record: OpenRecord = {
    operation: target.action,
    service: target.service,
    principalArn: key === undefined ? undefined : callerArn(key),
    accessKeyId: parsed?.accessKeyId,
    region: parsed?.region,
    params: maskParams(target.params),
    userAgent: request.headers.get('user-agent'),
    time: parts.world.now(),
    status: undefined,
    errorCode: undefined,
  };
  parts.recorder.add(record);
  const faults = parts.faults.take(record);
  const answer = answerRequest(parts.world, { request, signature, target, faults });
  if (!(await deliver(response, answer, faults))) return;
  record.status = answer.status;
  record.errorCode = answer.errorCode;
}

/** Reads a request to its end; `undefined` when its body is beyond all reason. */
export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  const headers = Object.entries(incoming.headersDistinct).map(([name, values = []]): [string, string] => [
    name,
    values.join(','),
  ]);
  return {
    method: incoming.method ?? 'GET',
    ...parseTarget(incoming.url ?? '/'),
    headers: new Map(headers),
    body: Buffer.concat(chunks),
  };
}

/** Ends all connections and stops listening. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
