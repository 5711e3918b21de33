import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { catchError } from './fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld } from './fixtures/device-world.js';
import type { DeviceIdentity } from './iot-options.js';
import { createTlsMaterial } from './tls-material.js';

let world: DeviceWorld;
beforeAll(async () => {
  world = await startDeviceWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

type Options = Parameters<DeviceWorld['options']>;
const other = () => world.endpoint.issueCertificate();

describe('what cannot be used is a typed error that names the option, and shows nothing of it', () => {
  it.each<[string, () => Options, string, RegExp]>([
    [
      'wrong passphrase',
      () => [{ passphrase: 'not-this-one' }, { passphrase: 'open' }],
      'PRIVATE_KEY_INVALID',
      /"passphrase" does not open the private key/,
    ],
    ['missing passphrase', () => [{}, { passphrase: 'open' }], 'PRIVATE_KEY_INVALID', /"passphrase" is needed/],
    ['mismatched key', () => [{ privateKey: other().privateKey }], 'PRIVATE_KEY_INVALID', /no pair/],
    [
      'mismatched key of another kind',
      () => [{ privateKey: other().privateKey }, { keyType: 'rsa' }],
      'PRIVATE_KEY_INVALID',
      /no pair/,
    ],
    [
      'a certificate for a key',
      () => [{ privateKey: world.certificate.certificate }],
      'PRIVATE_KEY_INVALID',
      /holds no private key/,
    ],
    [
      'a key for a certificate',
      () => [{ certificate: world.certificate.privateKey }],
      'CERTIFICATE_INVALID',
      /"certificate" holds no certificate/,
    ],
    [
      'a key for the authorities',
      () => [{ ca: world.certificate.privateKey }],
      'CERTIFICATE_INVALID',
      /"ca" holds no certificate/,
    ],
    [
      'a file that is absent',
      () => [{ certificate: 'absent.pem' }],
      'CERTIFICATE_INVALID',
      /"certificate" cannot be read as a file \(ENOENT\)/,
    ],
    [
      'a key without its first line',
      () => [{ privateKey: world.certificate.privateKey.split('\n')[1] }],
      'PRIVATE_KEY_INVALID',
      /without a BEGIN line is taken as a path/,
    ],
    ['a directory', () => [{ ca: '.' }], 'CERTIFICATE_INVALID', /"ca" cannot be read as a file \(EISDIR\)/],
    [
      'PKCS#12 and a wrong passphrase',
      () => [
        { certificate: undefined, privateKey: undefined, pkcs12: other().pkcs12('open'), passphrase: 'not-this-one' },
      ],
      'PRIVATE_KEY_INVALID',
      /"passphrase" does not open the PKCS#12 file/,
    ],
    [
      'junk as PKCS#12',
      () => [{ certificate: undefined, privateKey: undefined, pkcs12: Buffer.from('junk') }],
      'PRIVATE_KEY_INVALID',
      /"pkcs12" is no PKCS#12 file/,
    ],
  ])('%s', async (_, changes, code, message) => {
    const options = world.options(...changes());
    const { error, text } = await catchError(createTlsMaterial(options)());
    expect([error.code, error.retryable]).toEqual([`ERR_BSM_${code}`, true]);
    expect(error.message).toMatch(message);
    const { privateKey, passphrase } = options as { privateKey?: string; passphrase?: string };
    const secrets = [privateKey?.split('\n')[1] ?? privateKey, passphrase].filter((secret) => secret !== undefined);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

test('the same material comes back while no file has changed, also for callers at the same time', async () => {
  const read = createTlsMaterial(world.options() as DeviceIdentity);
  const [first, second] = await Promise.all([read(), read()]);
  expect(second).toBe(first);
  expect(await read()).toBe(first);
  expect(first).toMatchObject({ keySource: 'pem', certificate: { ca: false } });
});

test('a failure is not remembered', async () => {
  const identity = { ...world.options(), certificate: 'absent.pem' } as DeviceIdentity & { certificate: string };
  const read = createTlsMaterial(identity);
  expect((await catchError(read())).error.code).toBe('ERR_BSM_CERTIFICATE_INVALID');
  identity.certificate = world.certificate.certificate;
  expect((await read()).keySource).toBe('pem');
});
