import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerRequest } from './answer-request.js';
import { findTarget } from './call-target.js';
import { deliver } from './deliver.js';
import type { Faults } from './faults.js';
import { type HttpRequest, parseTarget } from './http-request.js';
import { callerArn } from './identity.js';
import { maskParams, type OpenRecord } from './recorded-request.js';
import type { Recorder } from './recorder.js';
import { parseSignature } from './signature-v4.js';
import type { World } from './world.js';

const MAX_BODY_BYTES = 1_000_000;

/** A server that listens. */
export interface RunningServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Starts listening on a free port of the loopback address. Neither the server nor its sockets hold the process open. */
export async function startServer(world: World, faults: Faults, recorder: Recorder): Promise<RunningServer> {
  const server = createServer((incoming, response) => {
    serve(incoming, response, { world, faults, recorder }).catch((error: unknown) => response.destroy(error as Error));
  });
  server.on('connection', (socket) => socket.unref());
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  let closed: Promise<void> | undefined;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: () => (closed ??= closeServer(server)),
  };
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
  const faults = parts.faults.take(record);
  const answer = answerRequest(parts.world, { request, signature, target, faults });
  parts.recorder.add(record);
  await deliver(response, answer, faults);
  record.status = answer.status;
  record.errorCode = answer.errorCode;
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [
    name,
    [value ?? ''].flat().join(','),
  ]);
  return {
    method: incoming.method ?? 'GET',
    ...parseTarget(incoming.url ?? '/'),
    headers: new Map(headers),
    body: Buffer.concat(chunks),
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
