import { expect, test } from 'vitest';
import { keyInToken } from '../examples/key-in-a-token.js';
import { whoIsThisDevice } from '../examples/who-is-this-device.js';
import { catchError } from './fixtures/catch-error.js';
import { startDeviceWorld } from './fixtures/device-world.js';

test('a session of a certificate', async () => {
  await using world = await startDeviceWorld();
  const { clock: _, ...options } = world.options({
    clientDefaults: { endpoint: world.aws.endpoint },
    region: 'eu-west-1',
  });
  expect(await whoIsThisDevice(options)).toBe(world.role.sessionArn(world.certificate.certificateId));
});

test('a key in a token, which is reached when it is needed', async () => {
  await using world = await startDeviceWorld();
  using credentials = keyInToken(async () => '1234', '/absent/module.so', world.certificate.certificate);
  expect(credentials.keySource).toBeUndefined();
  const { error } = await catchError(credentials());
  expect(error.code).toBe('ERR_BSM_PKCS11_FAILED');
});
