import { describe, expect, it } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import { startConnectProxy } from './fixtures/connect-proxy.js';
import { startMqttBroker } from './fixtures/mqtt-broker.js';
import { byWebSocket, HOUR_MS, startSignedWorld, step } from './fixtures/mqtt-devices.js';

const key = (number: number): string => `ASIA${String(number).padStart(9, '0')}EXAMPLE`;

describe.each([4, 5] as const)('through a proxy, with MQTT of protocol version %i', (protocolVersion) => {
  it('publishes, and comes back through it signed with new credentials after the old ones ended', async () => {
    await using broker = await startMqttBroker();
    await using proxy = await startConnectProxy();
    using world = startSignedWorld(broker);
    const options = { protocolVersion, agent: proxy.createAgent(), transport: 'websocket' } as const;
    const client = await connectMqtt(byWebSocket(broker, world.session, options));
    await client.publishAsync('t', 'before', { qos: 1 });

    world.clock.advance(HOUR_MS + 1);
    const back = step(client, 'connected');
    proxy.drop();
    await Promise.all([back, client.publishAsync('t', 'offline', { qos: 1 })]);
    expect(broker.received).toEqual(['before', 'offline']);
    expect(broker.log.filter((line) => !line.startsWith('CONNECT'))).toEqual([`101 ${key(1)}`, `101 ${key(2)}`]);
    // Nothing went past the proxy.
    expect(proxy.log).toEqual(Array(2).fill(`${broker.wssEndpoint} 200`));
    expect(broker.handshakes).toHaveLength(2);
    await client.endAsync();
    while (proxy.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('a proxy', () => {
  it.each([[403], [407], [502], ['hang up']] as const)('that answers %s is an error of the way', async (answer) => {
    await using broker = await startMqttBroker();
    await using proxy = await startConnectProxy();
    using world = startSignedWorld(broker);
    proxy.answer = answer;
    const connecting = connectMqtt(byWebSocket(broker, world.session, { agent: proxy.createAgent() }));
    const error = await connecting.catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'ERR_BSM_ENDPOINT_UNREACHABLE',
      retryable: true,
      message: expect.stringMatching(/MQTT broker.* proxy/),
    });
    expect([...broker.log, ...broker.handshakes]).toEqual([]);
    // The credentials are not to blame.
    expect(world.issued).toHaveLength(1);
    while (proxy.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it.each([403, 407, 502])('whose refusal %i the agent hands on is an error of the way, too', async (answer) => {
    await using broker = await startMqttBroker();
    await using proxy = await startConnectProxy();
    using world = startSignedWorld(broker);
    proxy.answer = answer;
    const agent = proxy.createAgent({ replays: true });
    const error = await connectMqtt(byWebSocket(broker, world.session, { agent })).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'ERR_BSM_ENDPOINT_UNREACHABLE',
      retryable: true,
      message: expect.stringMatching(`MQTT broker.* proxy answered HTTP ${answer}`),
      details: { statusCode: answer },
    });
    expect(world.issued).toHaveLength(1);
  });

  it('that says nothing is not waited for', async () => {
    await using broker = await startMqttBroker();
    await using proxy = await startConnectProxy();
    using world = startSignedWorld(broker);
    proxy.answer = 'silence';
    const options = { agent: proxy.createAgent(), timeoutMs: 100 };
    const error = await connectMqtt(byWebSocket(broker, world.session, options)).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNREACHABLE', message: expect.stringContaining('in time') });
  });

  it('that refuses for a while is asked again', async () => {
    await using broker = await startMqttBroker();
    await using proxy = await startConnectProxy();
    using world = startSignedWorld(broker);
    const client = await connectMqtt(byWebSocket(broker, world.session, { agent: proxy.createAgent() }));
    proxy.answer = 502;
    const failed = step(client, 'failed');
    proxy.drop();
    expect((await failed).error.code).toBe('ERR_BSM_ENDPOINT_UNREACHABLE');
    proxy.answer = 200;
    await client.publishAsync('t', 'late', { qos: 1 });
    expect(broker.received).toEqual(['late']);
    expect(broker.handshakes).toHaveLength(2);
    await client.endAsync();
  });

  it('does not make anybody trust another broker', async () => {
    await using broker = await startMqttBroker();
    await using proxy = await startConnectProxy();
    using world = startSignedWorld(broker);
    const agent = proxy.createAgent();
    for (const changes of [{ ca: undefined }, { servername: 'other.example.com' }]) {
      const connecting = connectMqtt(byWebSocket(broker, world.session, { agent, ...changes }));
      await expect(connecting).rejects.toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNTRUSTED' });
    }
    expect(proxy.log).toHaveLength(2);
    expect(broker.log).toEqual([]);
  });
});
