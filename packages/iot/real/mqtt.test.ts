import { type AwsCredentialIdentity, createSession, type Session } from '@bsm/core-cache';
import { createVirtualClock, type VirtualClock } from '@bsm/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectMqtt, type IotMqttOptions } from '../src/connect-mqtt.js';
import { createTestAuthority } from '../src/fixtures/mqtt-certificates.js';
import type { IotOptions } from '../src/iot-options.js';
import type { MqttClient, MqttProgressEvents } from '../src/mqtt-client.js';
import { type Mosquitto, startMosquitto } from './start-mosquitto.js';
import { PROXY_REGION, type SignedProxy, startSignedProxy } from './start-signed-proxy.js';

const HOUR_MS = 3_600_000;
const MESSAGES = 300;

const authority = createTestAuthority();
const device = authority.issue('device');
let mosquitto: Mosquitto;
let proxy: SignedProxy;

beforeAll(async () => {
  mosquitto = await startMosquitto(authority);
  proxy = await startSignedProxy(authority, mosquitto.webSocketPort);
});

afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await mosquitto[Symbol.asyncDispose]();
});

beforeEach(() => {
  proxy.log.length = 0;
  proxy.keys.clear();
});

let clients = 0;

function byCertificate(changes: Partial<IotMqttOptions> = {}): IotMqttOptions {
  const identity = {
    endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
    roleAlias: 'telemetry',
    ca: authority.ca,
    ...device,
  };
  return {
    endpoint: mosquitto.tlsEndpoint,
    clientId: `device-${++clients}`,
    identity: identity as IotOptions,
    reconnectMs: [1, 10],
    ...changes,
  };
}

/** A session whose credentials last an hour of its clock, and which the proxy knows. */
function startSession(): { session: Session; clock: VirtualClock } {
  const clock = createVirtualClock();
  proxy.keyTime = clock.now;
  let issued = 0;
  const source = async (): Promise<AwsCredentialIdentity> => {
    const number = ++issued;
    const expiration = new Date(clock.now() + HOUR_MS);
    const keys = {
      accessKeyId: `ASIA${number}`,
      secretAccessKey: `secret-${number}`,
      sessionToken: `token/${number}=`,
      expiration,
    };
    proxy.keys.set(keys.accessKeyId, { ...keys, endsAt: expiration.getTime() });
    return keys;
  };
  return { session: createSession({ credentials: source, region: PROXY_REGION, clock }), clock };
}

function byWebSocket(session: Session, changes: Partial<IotMqttOptions> = {}): IotMqttOptions {
  return { ...byCertificate(), endpoint: proxy.endpoint, identity: session, ca: authority.ca, ...changes };
}

/** Collects payloads; `all` settles when there are so many different ones. */
function collect(client: MqttClient): { readonly got: Set<string>; readonly all: (count: number) => Promise<void> } {
  const got = new Set<string>();
  let check = (): void => {};
  client.on('message', (_, payload) => {
    got.add(String(payload));
    check();
  });
  return {
    got,
    all: (count) =>
      new Promise((resolve) => {
        check = () => got.size >= count && resolve();
        check();
      }),
  };
}

async function publishAll(
  client: MqttClient & MqttProgressEvents,
  topic: string,
  between: (i: number) => Promise<void>,
): Promise<void> {
  const publishing: Promise<unknown>[] = [];
  for (let i = 0; i < MESSAGES; i++) {
    publishing.push(client.publishAsync(topic, `message ${i}`, { qos: 1 }));
    await between(i);
    if (i % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(publishing);
}

async function untilConnected(client: MqttClient): Promise<void> {
  while (!client.connected) await new Promise((resolve) => setImmediate(resolve));
}

describe.each([4, 5] as const)('mosquitto, MQTT of protocol version %i', (protocolVersion) => {
  it('takes a certificate', async () => {
    const client = await connectMqtt(byCertificate({ protocolVersion }));
    await client.subscribeAsync(`pem/${protocolVersion}`, { qos: 1 });
    const { all } = collect(client);
    await client.publishAsync(`pem/${protocolVersion}`, 'hello', { qos: 1 });
    await all(1);
    await client.endAsync();
  });

  it('takes a signed WebSocket', async () => {
    const { session } = startSession();
    const client = await connectMqtt(byWebSocket(session, { protocolVersion }));
    await client.subscribeAsync(`wss/${protocolVersion}`, { qos: 1 });
    const { all } = collect(client);
    await client.publishAsync(`wss/${protocolVersion}`, 'hello', { qos: 1 });
    await all(1);
    expect(proxy.log).toEqual(['ASIA1 accepted']);
    await client.endAsync();
    session.close();
  });

  it(`gets each of ${MESSAGES} messages of a device whose connection drops and whose credentials end`, async () => {
    const { session, clock } = startSession();
    const topic = `up/${protocolVersion}`;
    const receiver = await connectMqtt(byCertificate({ protocolVersion }));
    await receiver.subscribeAsync(topic, { qos: 1 });
    const { got, all } = collect(receiver);
    const sender = await connectMqtt(byWebSocket(session, { protocolVersion }));
    await publishAll(sender, topic, async (i) => {
      if (i % 75 !== 50) return;
      await untilConnected(sender);
      clock.advance(HOUR_MS + 1);
      proxy.drop();
    });
    await all(MESSAGES);
    expect(got.size).toBe(MESSAGES);
    expect(proxy.log.length).toBeGreaterThan(1);
    expect(proxy.log).toEqual(proxy.log.map((_, i) => `ASIA${i + 1} accepted`));
    await Promise.all([sender.endAsync(), receiver.endAsync()]);
    session.close();
  });

  it(`gives each of ${MESSAGES} messages to such a device, which the broker keeps while it is away`, async () => {
    const { session, clock } = startSession();
    const topic = `down/${protocolVersion}`;
    const receiver = await connectMqtt(byWebSocket(session, { protocolVersion, cleanStart: false }));
    await receiver.subscribeAsync(topic, { qos: 1 });
    const { got, all } = collect(receiver);
    const sender = await connectMqtt(byCertificate({ protocolVersion }));
    await publishAll(sender, topic, async (i) => {
      if (i % 75 !== 50) return;
      await untilConnected(receiver);
      clock.advance(HOUR_MS + 1);
      proxy.drop();
    });
    await all(MESSAGES);
    expect(got.size).toBe(MESSAGES);
    expect(proxy.log).toEqual(proxy.log.map((_, i) => `ASIA${i + 1} accepted`));
    expect(proxy.log.length).toBeGreaterThan(1);
    await Promise.all([sender.endAsync(), receiver.endAsync()]);
    session.close();
  });

  it('keeps for a device that was gone what it gets at once when it is back', async () => {
    const topic = `kept/${protocolVersion}`;
    const options = byCertificate({ protocolVersion, cleanStart: false });
    const first = await connectMqtt(options);
    await first.subscribeAsync(topic, { qos: 1 });
    await first.endAsync();
    const sender = await connectMqtt(byCertificate({ protocolVersion }));
    await publishAll(sender, topic, async () => {});
    const second = await connectMqtt(options);
    const { got, all } = collect(second);
    await all(MESSAGES);
    expect(got.size).toBe(MESSAGES);
    await Promise.all([sender.endAsync(), second.endAsync()]);
  });
});

it('is refused without a certificate of its authority', async () => {
  const identity = { ...(byCertificate().identity as IotOptions), ...createTestAuthority('another').issue('device') };
  const error = await connectMqtt(byCertificate({ identity: identity as IotOptions })).catch((e: unknown) => e);
  // In TLS 1.3 the alert of the broker and the end of the connection race each other.
  expect(error).toMatchObject({
    code: expect.stringMatching(/^ERR_BSM_(CERTIFICATE_REJECTED|MQTT_REFUSED)$/),
    message: expect.stringContaining('certificate'),
  });
});
