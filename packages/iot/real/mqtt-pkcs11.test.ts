import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectMqtt } from '../src/connect-mqtt.js';
import { createTestAuthority } from '../src/fixtures/mqtt-certificates.js';
import type { IotOptions } from '../src/iot-options.js';
import { type Mosquitto, startMosquitto } from './start-mosquitto.js';

const MODULE = '/usr/lib/softhsm/libsofthsm2.so';
const TOOL = 'softhsm2-util';
const TOKEN = 'device; token ä';
const PIN = '12?34&';

const authority = createTestAuthority();
const device = authority.issue('device in a token');
let home: string;
let mosquitto: Mosquitto;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'bsm-token-'));
  await mkdir(join(home, 'tokens'));
  await writeFile(join(home, 'softhsm2.conf'), `directories.tokendir = ${join(home, 'tokens')}\n`);
  await writeFile(join(home, 'key.pem'), device.privateKey);
  // Read by the library itself, from the environment of the process that loads it.
  process.env['SOFTHSM2_CONF'] = join(home, 'softhsm2.conf');
  const tool = (...args: string[]): unknown => execFileSync(TOOL, args, { stdio: 'pipe' });
  tool('--init-token', '--free', '--label', TOKEN, '--so-pin', '1234', '--pin', PIN);
  tool('--import', join(home, 'key.pem'), '--label', 'mqtt key', '--id', '01', '--token', TOKEN, '--pin', PIN);
  mosquitto = await startMosquitto(authority);
});

afterAll(async () => {
  await mosquitto[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

const options = (pin: string) => ({
  endpoint: mosquitto.tlsEndpoint,
  clientId: 'device-with-token',
  identity: {
    endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
    roleAlias: 'telemetry',
    ca: authority.ca,
    certificate: device.certificate,
    pkcs11: { module: MODULE, tokenLabel: TOKEN, keyLabel: 'mqtt key', pin },
  } as IotOptions,
});

// First: a token that somebody has opened asks nobody for the PIN again.
it('says that the PIN is wrong', async () => {
  const error = await connectMqtt(options('0000')).catch((e: unknown) => e);
  expect(error).toMatchObject({ code: 'ERR_BSM_PKCS11_FAILED' });
  expect(String(error)).not.toContain('0000');
});

it('connects with a key that stays in a token, also again after a loss', async () => {
  const client = await connectMqtt({ ...options(PIN), reconnectMs: [1, 1] });
  const messages: string[] = [];
  client.on('message', (_, payload) => messages.push(String(payload)));
  await client.subscribeAsync('token', { qos: 1 });
  await client.publishAsync('token', 'one', { qos: 1 });
  const back = new Promise<void>((resolve) => client.on('progress', ({ type }) => type === 'connected' && resolve()));
  // The broker closes the older of two connections with one client id.
  const rival = await connectMqtt({ ...options(PIN), reconnectMs: [60_000, 60_000] });
  await back;
  await client.publishAsync('token', 'two', { qos: 1 });
  while (messages.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(messages).toEqual(['one', 'two']);
  await Promise.all([client.endAsync(), rival.endAsync(true)]);
});
