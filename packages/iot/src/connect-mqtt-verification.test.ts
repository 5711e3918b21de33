import { createHash } from 'node:crypto';
import { Agent } from 'node:https';
import { type AddressInfo, connect as connectPlainly, createServer } from 'node:net';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Session } from '@bsm/core-cache';
import mqtt from 'mqtt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import { type MqttBroker, startMqttBroker } from './fixtures/mqtt-broker.js';
import { createTestAuthority } from './fixtures/mqtt-certificates.js';
import { byCertificate, byWebSocket, startSignedWorld, step } from './fixtures/mqtt-devices.js';
import { type MqttClientOptions, type MqttTrust, mqttOptions } from './mqtt-options.js';

describe('with NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  beforeEach(() => {
    // Node warns by itself.
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  });
  afterEach(() => void vi.restoreAllMocks());

  it('a broker of another authority is not trusted by a certificate', async () => {
    await using broker = await startMqttBroker();
    const error = await connectMqtt(byCertificate(broker, { ca: createTestAuthority('other').ca })).catch(
      (e: unknown) => e,
    );
    expect(error).toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNTRUSTED' });
    expect(broker.connects).toEqual([]);
  });

  it('nor by a WebSocket', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const error = await connectMqtt(byWebSocket(broker, world.session, { ca: undefined })).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNTRUSTED' });
    expect(broker.log).toEqual([]);
  });

  it('nor by mqtt.js with options that are made here', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    await world.session.credentials();
    const options = mqttOptions({
      transport: 'websocket',
      endpoint: broker.wssEndpoint,
      clientId: 'sensor-7',
      region: 'eu-west-1',
      credentials: world.session.credentials,
    });
    const error = await mqtt.connectAsync({ ...options, reconnectPeriod: 0 } as never).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO/) });
    expect(broker.log).toEqual([]);
  });
});

it('a connection over an agent of https is verified anew each time', async () => {
  await using broker = await startMqttBroker();
  using world = startSignedWorld(broker);
  const agent = new Agent({ keepAlive: true });
  const client = await connectMqtt(byWebSocket(broker, world.session, { agent }));
  for (const payload of ['one', 'two']) {
    const back = step(client, 'connected');
    broker.drop();
    await back;
    await client.publishAsync('t', payload, { qos: 1 });
  }
  expect(broker.received).toEqual(['one', 'two']);
  await client.endAsync();
  agent.destroy();
});

it('so is that of mqtt.js itself', async () => {
  await using broker = await startMqttBroker();
  using world = startSignedWorld(broker);
  await world.session.credentials();
  const agent = new Agent({ keepAlive: true });
  const client = await mqtt.connectAsync({ ...signedOptions(broker, world.session, agent), reconnectPeriod: 1 });
  const back = new Promise<void>((resolve) => client.once('connect', () => resolve()));
  broker.drop();
  await back;
  expect(broker.log.filter((line) => line.startsWith('101'))).toHaveLength(2);
  await client.endAsync();
  agent.destroy();
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('the signed URL is kept, over %s,', (version) => {
  const only = { minVersion: version, maxVersion: version };
  const made = (changes: object): Agent =>
    Object.assign(new Agent(), {
      createConnection: (options: ConnectionOptions) => connect({ ...options, ...only, ...changes }),
    });
  const agents: Readonly<Record<string, () => Agent>> = {
    'trusts everybody': () => made({ rejectUnauthorized: false }),
    'accepts every name': () => made({ checkServerIdentity: () => undefined }),
    'accepts every name by its options': () => new Agent({ ...only, checkServerIdentity: () => undefined }),
    'does both': () => made({ rejectUnauthorized: false, checkServerIdentity: () => undefined }),
    'trusts everybody and gives connections that are made': () =>
      Object.assign(new Agent(), {
        createConnection(options: ConnectionOptions, made: (error: null, socket: TLSSocket) => void): void {
          const socket = connect({ ...options, ...only, rejectUnauthorized: false }, () => made(null, socket));
        },
      }),
  };
  const cases = Object.entries(agents).flatMap(([name, create]) =>
    (['authority', 'name'] as const)
      // These two do not let a foreign authority pass, so that there is nothing to keep it from.
      .filter((other) => other === 'name' || name.startsWith('trusts') || name.startsWith('does'))
      .map((other) => [other, name, create] as const),
  );

  it.each(cases)('from a server of another %s that an agent connected to which %s', async (other, _, create) => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    await world.session.credentials();
    const trust = other === 'authority' ? { ca: createTestAuthority('other').ca } : { servername: 'other.example.com' };
    const agent = create();
    // A refusal must not get another one.
    broker.upgradeStatus = 403;
    await expect(connectMqtt(byWebSocket(broker, world.session, { agent, ...trust }))).rejects.toMatchObject({
      code: 'ERR_BSM_ENDPOINT_UNTRUSTED',
    });
    const options = signedOptions(broker, world.session, agent, trust);
    await expect(mqtt.connectAsync({ ...options, reconnectPeriod: 0 })).rejects.toMatchObject({
      code: expect.stringMatching(/^(CERT_UNTRUSTED|ERR_TLS_CERT_ALTNAME_INVALID)$/),
    });
    expect(broker.log).toEqual([]);
    expect(world.issued).toHaveLength(1);
    agent.destroy();
  });

  it('and sent to the right one, by an agent that has its own way to connect', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const client = await connectMqtt(byWebSocket(broker, world.session, { agent: made({}) }));
    expect(broker.log.at(-1)).toBe('CONNECT accept');
    await client.endAsync();
  });
});

describe('an agent that connects in plain text', () => {
  it.each([101, 403])('sends nothing secret to a server that answers %i', async (status) => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    await world.session.credentials();
    const requests: string[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => {}).setEncoding('utf8');
      socket.on('data', (text: string) => {
        requests.push(text);
        const key = /^sec-websocket-key: (.*)$/im.exec(text)?.[1];
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        const upgrade = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: mqtt`;
        socket.write(`HTTP/1.1 ${status} Answer\r\n${status === 101 ? upgrade : 'Content-Length: 0'}\r\n\r\n`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const agent = Object.assign(new Agent(), { createConnection: () => connectPlainly(port, '127.0.0.1') });
    await expect(connectMqtt(byWebSocket(broker, world.session, { agent }))).rejects.toMatchObject({
      code: 'ERR_BSM_ENDPOINT_UNREACHABLE',
    });
    // mqtt.js says nothing else of such a failure.
    const client = mqtt.connect({ ...signedOptions(broker, world.session, agent), reconnectPeriod: 0 });
    await new Promise<void>((resolve) => client.once('close', () => resolve()));
    await client.endAsync(true);
    expect(requests).toHaveLength(2);
    for (const request of requests) expect(request).toMatch(/^GET \/mqtt HTTP\/1\.1\r\n/);
    expect(requests.join('')).not.toMatch(/X-Amz|ASIA|MQTT/);
    expect(world.issued).toHaveLength(1);
    await new Promise((resolve) => server.close(resolve));
  });
});

/** For mqtt.js without `connectMqtt`. */
function signedOptions(
  broker: MqttBroker,
  session: Session,
  agent: Agent,
  tls: MqttTrust = {},
): MqttClientOptions & mqtt.IClientOptions {
  return mqttOptions({
    transport: 'websocket',
    endpoint: broker.wssEndpoint,
    clientId: 'sensor-7',
    region: 'eu-west-1',
    credentials: session.credentials,
    agent,
    tls: { ca: broker.authority.ca, ...tls },
  }) as MqttClientOptions & mqtt.IClientOptions;
}
