import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TestAuthority } from '../src/fixtures/mqtt-certificates.js';
import { EMPTY_HASH, type KnownKey, refusalOf } from '../src/fixtures/verify-presigned-url.js';

/** What stands before a broker as AWS IoT does: lets WebSockets through whose URL is signed with a key that it knows. */
export interface SignedProxy extends AsyncDisposable {
  readonly endpoint: string;
  readonly keys: Map<string, KnownKey>;
  /** Time that keys end by. */
  keyTime: () => number;
  /** The key that signed each connection, and why it was refused, if it was. */
  readonly log: string[];
  /** Ends every connection without a word. */
  drop(): void;
}

export const PROXY_REGION = 'eu-west-1';

export async function startSignedProxy(authority: TestAuthority, brokerPort: number): Promise<SignedProxy> {
  const { certificate: cert, privateKey: key } = authority.issue('proxy');
  const sockets = new Set<Duplex>();
  const server = createServer({ cert, key });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { url = '', headers, rawHeaders } = request;
    const refusal = refusalOf(url, headers.host ?? '', {
      service: 'iotdevicegateway',
      region: PROXY_REGION,
      payloadHash: EMPTY_HASH,
      tokenIsSigned: false,
      now: Date.now,
      keyTime: () => proxy.keyTime(),
      findKey: (id) => proxy.keys.get(id),
    });
    proxy.log.push(`${/Credential=(\w+)/.exec(url)?.[1]} ${refusal ?? 'accepted'}`);
    if (refusal !== undefined) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const broker = connect({ port: brokerPort, host: '127.0.0.1', noDelay: true });
    for (const [one, other] of [
      [socket, broker],
      [broker, socket],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    const lines = rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [`${name}: ${rawHeaders[i + 1]}`] : []));
    broker.write(`GET /mqtt HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    broker.write(head);
    socket.pipe(broker);
    broker.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: SignedProxy = {
    endpoint: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys: new Map(),
    keyTime: Date.now,
    log: [],
    drop() {
      for (const socket of sockets) socket.destroy();
    },
    async [Symbol.asyncDispose]() {
      proxy.drop();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}
