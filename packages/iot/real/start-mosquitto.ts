import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestAuthority } from '../src/fixtures/mqtt-certificates.js';

/** A mosquitto of its own: mutual TLS for devices, and WebSockets for the proxy in front of it. */
export interface Mosquitto extends AsyncDisposable {
  /** `host:port` for devices, whose certificate has to be one of the authority. */
  readonly tlsEndpoint: string;
  readonly webSocketPort: number;
}

/** Starts the broker of Debian's package `mosquitto`. */
export async function startMosquitto(authority: TestAuthority): Promise<Mosquitto> {
  const home = await mkdtemp(join(tmpdir(), 'bsm-mosquitto-'));
  const [tlsPort, webSocketPort] = await Promise.all([freePort(), freePort()]);
  const { certificate, privateKey } = authority.issue('mosquitto');
  const write = async (name: string, text: string): Promise<string> => {
    await writeFile(join(home, name), text);
    return join(home, name);
  };
  const configuration = await write(
    'mosquitto.conf',
    [
      'user root',
      'allow_anonymous true',
      'set_tcp_nodelay true',
      'max_queued_messages 10000',
      `listener ${tlsPort} 127.0.0.1`,
      `cafile ${await write('ca.pem', authority.ca)}`,
      `certfile ${await write('certificate.pem', certificate)}`,
      `keyfile ${await write('key.pem', privateKey)}`,
      'require_certificate true',
      `listener ${webSocketPort} 127.0.0.1`,
      'protocol websockets',
      '',
    ].join('\n'),
  );
  const child = spawn('mosquitto', ['-c', configuration], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  await Promise.all([tlsPort, webSocketPort].map((port) => untilListening(port, child)));
  return {
    tlsEndpoint: `127.0.0.1:${tlsPort}`,
    webSocketPort,
    async [Symbol.asyncDispose]() {
      child.kill();
      if (child.exitCode === null) await once(child, 'exit');
      await rm(home, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`mosquitto ended with ${child.exitCode}`);
}
