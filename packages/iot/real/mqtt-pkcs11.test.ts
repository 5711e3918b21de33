import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectMqtt, type IotMqttOptions } from '../src/connect-mqtt.js';
import { createTestAuthority } from '../src/fixtures/mqtt-certificates.js';
import type { IotOptions } from '../src/iot-options.js';
import type { Pkcs11Options } from '../src/pkcs11/pkcs11-options.js';
import { makeSoftToken, type SoftToken } from './soft-token.ts';
import { type Mosquitto, startMosquitto } from './start-mosquitto.js';

const authority = createTestAuthority();
let token: SoftToken;
let mosquitto: Mosquitto;

beforeAll(async () => {
  token = makeSoftToken();
  mosquitto = await startMosquitto(authority);
});

afterAll(async () => {
  await mosquitto[Symbol.asyncDispose]();
  token[Symbol.dispose]();
});

function options(key: 'rsa' | 'ec', changes: Partial<Pkcs11Options> = {}): IotMqttOptions {
  const identity = {
    endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
    roleAlias: 'telemetry',
    ca: authority.ca,
    certificate: authority.certify(`device with ${key}`, token.publicKeys[key]),
    pkcs11: token.options(key, changes),
  };
  return { endpoint: mosquitto.tlsEndpoint, clientId: `token-${key}`, identity: identity as IotOptions };
}

// First: a token that somebody has opened asks nobody for the PIN again.
it('says that the PIN is wrong', async () => {
  const error = await connectMqtt(options('ec', { pin: '87654321' })).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'ERR_BSM_PKCS11_FAILED' });
  expect(String(error)).not.toContain('87654321');
});

it.each(['rsa', 'ec'] as const)(
  'connects with an %s key that stays in a token, also again after a loss',
  async (key) => {
    const client = await connectMqtt({ ...options(key), reconnectMs: [1, 1] });
    const messages: string[] = [];
    client.on('message', (_, payload) => messages.push(String(payload)));
    await client.subscribeAsync(key, { qos: 1 });
    await client.publishAsync(key, 'one', { qos: 1 });
    const back = new Promise<void>((resolve) => client.on('progress', ({ type }) => type === 'connected' && resolve()));
    // The broker closes the older of two connections with one client id.
    const rival = await connectMqtt({ ...options(key), reconnectMs: [60_000, 60_000] });
    await back;
    await client.publishAsync(key, 'two', { qos: 1 });
    while (messages.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(messages).toEqual(['one', 'two']);
    await Promise.all([client.endAsync(), rival.endAsync(true)]);
  },
);
