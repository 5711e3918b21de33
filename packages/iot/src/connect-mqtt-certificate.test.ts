import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isBsmError } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import type { IotMqttOptions } from './connect-mqtt-options.js';
import { type MqttBroker, startMqttBroker } from './fixtures/mqtt-broker.js';
import { createTestAuthority } from './fixtures/mqtt-certificates.js';
import { byCertificate, deviceOf, step } from './fixtures/mqtt-devices.js';
import type { MqttMessageListener } from './mqtt-client.js';

describe.each([4, 5] as const)('with MQTT of protocol version %i', (protocolVersion) => {
  it('publishes and subscribes', async () => {
    await using broker = await startMqttBroker();
    const client = await connectMqtt(byCertificate(broker, { protocolVersion }));
    await client.subscribeAsync('t', { qos: 1 });
    const message = new Promise<Parameters<MqttMessageListener>>((resolve) =>
      client.once('message', (...values) => resolve(values)),
    );
    await client.publishAsync('t', 'hello', { qos: 1 });
    const [topic, payload] = await message;
    expect([topic, String(payload)]).toEqual(['t', 'hello']);
    expect(broker.connects).toMatchObject([
      { version: protocolVersion, clean: true, keepAlive: 60, clientId: 'sensor-7' },
    ]);
    await client.endAsync();
  });

  it('sends again what was not acknowledged when the connection broke, and subscribes again', async () => {
    await using broker = await startMqttBroker();
    const client = await connectMqtt(byCertificate(broker, { protocolVersion }));
    const got: string[] = [];
    client.on('message', (_, payload) => got.push(String(payload)));
    await client.subscribeAsync('t', { qos: 1 });
    broker.acknowledges = false;
    const publishing = ['a', 'b', 'c'].map((payload) => client.publishAsync('other', payload, { qos: 1 }));
    while (broker.received.length < 3) await new Promise((resolve) => setImmediate(resolve));
    broker.acknowledges = true;
    broker.drop();
    await Promise.all([...publishing, client.publishAsync('t', 'd', { qos: 1 })]);
    expect(broker.received.slice(3).sort()).toEqual(['a', 'b', 'c', 'd']);
    await client.publishAsync('t', 'e', { qos: 1 });
    while (!got.includes('e')) await new Promise((resolve) => setImmediate(resolve));
    await client.endAsync();
  });

  it('keeps what was published while it sent older messages again, when the connection breaks once more', async () => {
    await using broker = await startMqttBroker();
    const client = await connectMqtt(byCertificate(broker, { protocolVersion }));
    broker.acknowledges = false;
    const publishing = [client.publishAsync('t', 'old', { qos: 1 })];
    for (const count of [1, 2]) {
      while (broker.received.length < count) await new Promise((resolve) => setImmediate(resolve));
      // mqtt.js takes this one once it has sent the older ones.
      publishing.push(client.publishAsync('t', `new ${count}`, { qos: 1 }));
      broker.drop();
    }
    while (broker.received.length < 3) await new Promise((resolve) => setImmediate(resolve));
    publishing.push(client.publishAsync('t', 'last', { qos: 1 }));
    broker.acknowledges = true;
    broker.drop();
    await Promise.all(publishing);
    expect(new Set(broker.received)).toEqual(new Set(['old', 'new 1', 'new 2', 'last']));
    await client.endAsync();
  });

  it('hands over what the broker kept, once and in order, to who listens after the promise', async () => {
    await using broker = await startMqttBroker();
    broker.kept = ['1', '2', '3'];
    const client = await connectMqtt(byCertificate(broker, { protocolVersion, cleanStart: false }));
    const got: string[] = [];
    client.on('message', (_, payload) => got.push(String(payload)));
    await new Promise((resolve) => setImmediate(resolve));
    await client.publishAsync('x', 'y', { qos: 1 });
    expect(got).toEqual(['1', '2', '3']);
    expect(broker.connects[0]).toMatchObject({ clean: false });
    await client.endAsync();
  });

  it.each([3, 5])('says what the broker said: %i', async (reason) => {
    await using broker = await startMqttBroker();
    broker.answer = protocolVersion === 5 ? reason + 133 : reason;
    const error = await connectMqtt(byCertificate(broker, { protocolVersion })).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'ERR_BSM_MQTT_REFUSED',
      retryable: reason === 3,
      details: { reasonCode: broker.answer },
    });
  });
});

describe('a certificate', () => {
  it.each<[string, Partial<IotMqttOptions>, string | false]>([
    ['nothing', {}, false],
    ['the name for MQTT', { alpn: true }, 'x-amzn-mqtt-ca'],
    ['another name', { alpn: 'mqtt' }, 'mqtt'],
    ['nothing when told so', { alpn: false }, false],
  ])('is used over a connection that offers %s', async (_, options, alpn) => {
    await using broker = await startMqttBroker();
    const client = await connectMqtt(byCertificate(broker, { ...options, servername: 'broker.example.com' }));
    expect(broker.handshakes).toEqual([{ alpn, servername: 'broker.example.com', peer: 'device' }]);
    await client.endAsync();
  });

  it('is read again before a connection when its files have changed', async () => {
    await using broker = await startMqttBroker();
    const home = await mkdtemp(join(tmpdir(), 'bsm-mqtt-'));
    const certificate = join(home, 'certificate.pem');
    const privateKey = join(home, 'private.pem');
    const install = async (name: string): Promise<void> => {
      const issued = broker.authority.issue(name);
      await Promise.all([writeFile(certificate, issued.certificate), writeFile(privateKey, issued.privateKey)]);
    };
    await install('first');
    const client = await connectMqtt(
      byCertificate(broker, { identity: deviceOf(broker, { certificate, privateKey }) }),
    );
    await install('second');
    const back = step(client, 'connected');
    broker.drop();
    await back;
    expect(broker.handshakes.map(({ peer }) => peer)).toEqual(['first', 'second']);
    await client.endAsync();
    await rm(home, { recursive: true });
  });
});

describe('what goes wrong at first rejects, and leaves nothing', () => {
  const FAILURES: readonly (readonly [
    string,
    (broker: MqttBroker) => IotMqttOptions | Promise<IotMqttOptions>,
    { code: string; retryable?: boolean; message?: unknown; details?: object; cause?: unknown },
  ])[] = [
    [
      'a certificate of another authority',
      (broker) => byCertificate(broker, { identity: deviceOf(broker, createTestAuthority('other').issue('device')) }),
      { code: 'ERR_BSM_MQTT_REFUSED', retryable: true, message: expect.stringContaining('certificate active') },
    ],
    [
      'a broker of another authority',
      (broker) => byCertificate(broker, { ca: createTestAuthority('other').ca }),
      { code: 'ERR_BSM_ENDPOINT_UNTRUSTED', retryable: false },
    ],
    [
      'a broker of another name',
      (broker) => byCertificate(broker, { servername: 'other.example.com' }),
      { code: 'ERR_BSM_ENDPOINT_UNTRUSTED', message: expect.stringContaining('options.servername') },
    ],
    [
      'a key of another certificate',
      (broker) =>
        byCertificate(broker, { identity: deviceOf(broker, { privateKey: broker.authority.issue('x').privateKey }) }),
      { code: 'ERR_BSM_PRIVATE_KEY_INVALID' },
    ],
    [
      'a file that is not there',
      (broker) => byCertificate(broker, { identity: deviceOf(broker, { certificate: './nowhere.pem' }) }),
      { code: 'ERR_BSM_CERTIFICATE_INVALID' },
    ],
    [
      'nobody at the endpoint',
      async (broker) => byCertificate(broker, { endpoint: `127.0.0.1:${await closedPort()}` }),
      { code: 'ERR_BSM_ENDPOINT_UNREACHABLE', retryable: true },
    ],
    [
      'a password without a user, which mqtt.js does not take',
      (broker) => byCertificate(broker, { clientOptions: { password: 'p-a-s-s' } }),
      {
        code: 'ERR_BSM_OPTION_INVALID',
        details: { option: 'clientOptions' },
        cause: expect.objectContaining({ message: expect.stringContaining('Username') }),
      },
    ],
    [
      'a broker that hangs up',
      (broker) => {
        broker.answer = 'hang up';
        return byCertificate(broker);
      },
      { code: 'ERR_BSM_MQTT_REFUSED', retryable: true, message: expect.stringContaining('iot:Connect') },
    ],
    [
      'a broker that does not answer',
      (broker) => {
        broker.answer = 'silence';
        return byCertificate(broker, { timeoutMs: 100 });
      },
      { code: 'ERR_BSM_ENDPOINT_UNREACHABLE', retryable: true, message: expect.stringContaining('in time') },
    ],
  ];

  it.each(FAILURES)('%s', async (_, prepare, expected) => {
    await using broker = await startMqttBroker();
    const types: string[] = [];
    const options = await prepare(broker);
    const error = await connectMqtt({ ...options, onProgress: ({ type }) => types.push(type) }).catch(
      (e: unknown) => e,
    );
    expect(isBsmError(error)).toBe(true);
    expect(error).toMatchObject({ message: expect.stringMatching(/MQTT broker|option/), ...expected });
    expect(types).toEqual(['connecting', 'failed', 'ended']);
    while (broker.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('an option of mqtt.js that would have nobody connect is overruled', async () => {
    await using broker = await startMqttBroker();
    const client = await connectMqtt(byCertificate(broker, { clientOptions: { manualConnect: true } }));
    expect(client.connected).toBe(true);
    await client.endAsync();
  });

  it('an abort, with its reason', async () => {
    await using broker = await startMqttBroker();
    broker.answer = 'silence';
    const controller = new AbortController();
    const connecting = connectMqtt(byCertificate(broker, { signal: controller.signal }));
    while (broker.connects.length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort(new Error('enough'));
    await expect(connecting).rejects.toThrow('enough');
    await expect(connectMqtt(byCertificate(broker, { signal: controller.signal }))).rejects.toThrow('enough');
    while (broker.connections > 0) await new Promise((resolve) => setImmediate(resolve));
  });

  it('is no business of the signal afterwards', async () => {
    await using broker = await startMqttBroker();
    const controller = new AbortController();
    const client = await connectMqtt(byCertificate(broker, { signal: controller.signal }));
    controller.abort();
    await client.publishAsync('t', 'still here', { qos: 1 });
    expect(broker.received).toEqual(['still here']);
    await client.endAsync();
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
