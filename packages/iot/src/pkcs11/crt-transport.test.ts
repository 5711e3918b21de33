import { Agent } from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { catchError } from '../fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld } from '../fixtures/device-world.js';
import { fromIotCertificate } from '../from-iot-certificate.js';

// That credentials come this way is shown with a token of SoftHSM, in the tests with real parts.
let world: DeviceWorld;
beforeAll(async () => {
  world = await startDeviceWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function refusal(changes: Record<string, unknown>, module: string = process.execPath) {
  const pkcs11 = { module, tokenLabel: 't', keyLabel: 'k', pin: 'p-i-n', via: 'crt' };
  using credentials = fromIotCertificate(world.options({ privateKey: undefined, pkcs11, ...changes }));
  return await catchError(credentials());
}

it.each<[string, Record<string, unknown>, string | undefined, string, RegExp]>([
  ['a module that is absent', {}, '/absent.so', 'PKCS11_FAILED', /no file at the path/],
  ['a file that is no module', {}, undefined, 'PKCS11_FAILED', /could not be loaded/],
  ['a certificate that is none', { certificate: '-----BEGIN X' }, undefined, 'CERTIFICATE_INVALID', /"certificate"/],
  ['authorities that are none', { ca: '-----BEGIN X' }, undefined, 'CERTIFICATE_INVALID', /"ca"/],
  ['an agent', { agent: new Agent() }, undefined, 'OPTION_INVALID', /"agent" must be absent where aws-crt/],
])('refuses %s', async (_, changes, module, code, message) => {
  const { error, text } = await refusal(changes, module);
  expect(error.code).toBe(`ERR_BSM_${code}`);
  expect(error.message).toMatch(message);
  expect(text).not.toContain('p-i-n');
});

it.each(['at once', 'a moment later'])('asks nobody for a PIN after close, %s', async (when) => {
  let asked = 0;
  const pin = (): string => {
    asked++;
    return 'p-i-n';
  };
  const pkcs11 = { module: process.execPath, tokenLabel: 't', keyLabel: 'k', pin, via: 'crt' };
  const credentials = fromIotCertificate(world.options({ privateKey: undefined, pkcs11 }));
  const pending = catchError(credentials());
  if (when !== 'at once') await import('./token-transport.js');
  credentials.close();
  expect((await pending).error.code).toBe('ERR_BSM_SESSION_CLOSED');
  // What was under way ends after those who waited were told.
  using others = fromIotCertificate(world.options({ privateKey: undefined, pkcs11: { ...pkcs11, pin: 'p-i-n' } }));
  expect((await catchError(others())).error.code).toBe('ERR_BSM_PKCS11_FAILED');
  expect(asked).toBe(0);
});
