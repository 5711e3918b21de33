import { Agent } from 'node:https';
import mqtt from 'mqtt';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import { startConnectProxy } from './fixtures/connect-proxy.js';
import { startMqttBroker } from './fixtures/mqtt-broker.js';
import { createTestAuthority } from './fixtures/mqtt-certificates.js';
import { byCertificate, byWebSocket, startSignedWorld, step } from './fixtures/mqtt-devices.js';
import { mqttOptions } from './mqtt-options.js';

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

it.each<[string, object]>([
  ['trusts everybody', { rejectUnauthorized: false }],
  ['accepts every name', { checkServerIdentity: () => undefined }],
])('what an agent connected that %s is looked at again', async (_, changes) => {
  await using broker = await startMqttBroker();
  await using proxy = await startConnectProxy();
  using world = startSignedWorld(broker);
  const agent = proxy.createAgent() as unknown as { createConnection(target: object, connected: unknown): void };
  const create = agent.createConnection.bind(agent);
  agent.createConnection = (target, connected) => create({ ...target, ...changes }, connected);
  const other = 'rejectUnauthorized' in changes ? { ca: undefined } : { servername: 'other.example.com' };
  const options = byWebSocket(broker, world.session, { agent: agent as never, ...other });
  const error = await connectMqtt(options).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNTRUSTED' });
  expect(broker.connects).toEqual([]);
});
