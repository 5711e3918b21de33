import { expect, it } from 'vitest';
import { connectMqtt } from '../connect-mqtt.js';
import { catchError } from '../fixtures/catch-error.js';
import { startDeviceWorld } from '../fixtures/device-world.js';
import { fromIotCertificate } from '../from-iot-certificate.js';
import type { IotOptions } from '../iot-options.js';
import { iotSession } from '../iot-session.js';

// What OpenSSL cannot load by a provider, which is not active here, counts as a PIN that was refused.
const pkcs11 = { module: process.execPath, tokenLabel: 't', keyLabel: 'k', pin: '1234', via: 'provider' };
const broker = { endpoint: '127.0.0.1:1', clientId: 'sensor-7' };

it('a PIN that was refused for credentials is not tried again for MQTT of that session', async () => {
  await using world = await startDeviceWorld();
  const options: IotOptions = world.options({ privateKey: undefined, pkcs11 });
  using session = iotSession(options);
  const { error } = await catchError(session.credentials());
  expect(error).toMatchObject({ code: 'ERR_BSM_PKCS11_FAILED', details: { reason: 'provider-failed' } });
  const ways = [{}, { ca: world.endpoint.ca }].map((changes) => () => session.mqtt({ ...broker, ...changes }));
  for (const ask of [...ways, () => session.credentials.refresh()]) {
    expect((await catchError(ask())).error.cause).toBe(error.cause);
  }

  // Others try it themselves, as a token may have been mended.
  using other = fromIotCertificate(options);
  for (const ask of [other, () => connectMqtt({ ...broker, identity: options })]) {
    const { error: own } = await catchError(ask());
    expect(own.details).toEqual(error.details);
    expect(own.cause).not.toBe(error.cause);
  }
});

it('options count that a token inherits', async () => {
  await using world = await startDeviceWorld();
  const options = world.options({ privateKey: undefined, pkcs11: Object.create(pkcs11) });
  using session = iotSession(Object.create(options));
  const reason = { details: { reason: 'provider-failed' } };
  expect((await catchError(session.mqtt(broker))).error).toMatchObject(reason);
  expect((await catchError(session.credentials())).error).toMatchObject(reason);
});
