import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeCredentialEndpoint, type FakeDeviceCertificate, startFakeAws } from '@bsm/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import type { IotMqttOptions } from './connect-mqtt-options.js';
import { type MqttBroker, startMqttBroker } from './fixtures/mqtt-broker.js';
import { byCertificate, deviceOf, step } from './fixtures/mqtt-devices.js';
import { startTlsFront, type TlsFront } from './fixtures/tls-front.js';
import type { Material } from './iot-options.js';

const PASSPHRASE = 'sésame; open';

let endpoint: FakeCredentialEndpoint;
let device: FakeDeviceCertificate;
beforeAll(async () => {
  const aws = await startFakeAws();
  endpoint = await aws.startCredentialEndpoint();
  device = endpoint.issueCertificate();
  return () => aws.close();
});

/** The broker, what takes devices with certificates of the endpoint's authority before it, and how such a device connects. */
interface World extends AsyncDisposable {
  readonly broker: MqttBroker;
  readonly front: TlsFront;
  options(pkcs12: Material, changes?: Partial<IotMqttOptions>, passphrase?: string): IotMqttOptions;
}

async function startWorld(): Promise<World> {
  const broker = await startMqttBroker();
  const front = await startTlsFront(broker, endpoint.ca);
  return {
    broker,
    front,
    options: (pkcs12, changes, passphrase = PASSPHRASE) => ({
      ...byCertificate(broker),
      endpoint: front.endpoint,
      transport: 'x509',
      identity: deviceOf(broker, { certificate: undefined, privateKey: undefined, pkcs12, passphrase }),
      ...changes,
    }),
    async [Symbol.asyncDispose]() {
      await front[Symbol.asyncDispose]();
      await broker[Symbol.asyncDispose]();
    },
  };
}

describe.each([4, 5] as const)('PKCS#12 with MQTT of protocol version %i', (protocolVersion) => {
  it.each(['ec', 'rsa'] as const)('publishes and subscribes, with a key of kind %s', async (keyType) => {
    await using world = await startWorld();
    const issued = endpoint.issueCertificate({ keyType, signedBy: 'intermediate' });
    const client = await connectMqtt(world.options(issued.pkcs12(PASSPHRASE), { protocolVersion }));
    await client.subscribeAsync('t', { qos: 1 });
    const message = new Promise<string>((resolve) => client.once('message', (_, payload) => resolve(String(payload))));
    await client.publishAsync('t', 'hello', { qos: 1 });
    expect(await message).toBe('hello');
    expect(world.front.certificateIds).toEqual([issued.certificateId]);
    await client.endAsync();
  });
});

it('a PKCS#12 file is read again before a connection when it has changed', async () => {
  await using world = await startWorld();
  const home = await mkdtemp(join(tmpdir(), 'bsm-mqtt-'));
  const file = join(home, 'device.p12');
  const second = endpoint.issueCertificate();
  await writeFile(file, device.pkcs12(PASSPHRASE));
  const client = await connectMqtt(world.options(file));
  await writeFile(file, second.pkcs12(PASSPHRASE));
  const back = step(client, 'connected');
  world.broker.drop();
  await back;
  await client.publishAsync('t', 'still here', { qos: 1 });
  expect(world.broker.received).toEqual(['still here']);
  expect(world.front.certificateIds).toEqual([device.certificateId, second.certificateId]);
  await client.endAsync();
  await rm(home, { recursive: true });
});

describe('what is wrong with PKCS#12 is told before a connection', () => {
  it.each<[string, () => Material, string, RegExp]>([
    ['a wrong passphrase', () => device.pkcs12(PASSPHRASE), 'another', /"passphrase" does not open the PKCS#12 file/],
    ['bytes that are none', () => Buffer.from('none'), PASSPHRASE, /"pkcs12" is no PKCS#12 file/],
    ['a file that is not there', () => './nowhere.p12', PASSPHRASE, /"pkcs12" cannot be read/],
  ])('%s', async (_, pkcs12, passphrase, message) => {
    await using world = await startWorld();
    const error = await connectMqtt(world.options(pkcs12(), {}, passphrase)).catch((e: unknown) => e);
    expect(error).toMatchObject({
      code: 'ERR_BSM_PRIVATE_KEY_INVALID',
      message: expect.stringMatching(message),
    });
    expect(String((error as Error).stack)).not.toContain(passphrase);
    expect(world.front.certificateIds).toEqual([]);
  });
});

it('one of an authority that the broker does not know is refused', async () => {
  await using world = await startWorld();
  const stranger = endpoint.issueCertificate({ signedBy: 'stranger' });
  const failing = connectMqtt(world.options(stranger.pkcs12(PASSPHRASE)));
  await expect(failing).rejects.toMatchObject({ code: 'ERR_BSM_MQTT_REFUSED', retryable: true });
  expect(world.broker.connects).toEqual([]);
});
