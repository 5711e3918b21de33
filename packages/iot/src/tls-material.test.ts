import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { catchError } from './fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld } from './fixtures/device-world.js';
import { createTestAuthority } from './fixtures/mqtt-certificates.js';
import type { DeviceIdentity, IotSessionOptions } from './iot-options.js';
import { iotSession } from './iot-session.js';
import { createTlsMaterial } from './tls-material.js';

let world: DeviceWorld;
beforeAll(async () => {
  world = await startDeviceWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

type Options = Parameters<DeviceWorld['options']>;
const other = () => world.endpoint.issueCertificate();
const der = (pem: string): Buffer => new X509Certificate(pem).raw;
const JUNK = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';

/** A key that OpenSSL takes for too short at each of its levels, with a certificate. */
function weakIdentity(): Record<string, string> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 512 });
  return {
    certificate: createTestAuthority().certify('weak', publicKey),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  };
}

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
    ['junk as bytes', () => [{ certificate: Buffer.from('junk') }], 'CERTIFICATE_INVALID', /holds no certificate/],
    [
      'a chain whose second certificate is junk',
      () => [{ certificate: world.certificate.certificate + JUNK }],
      'CERTIFICATE_INVALID',
      /"certificate" is refused by OpenSSL; what follows the first certificate/,
    ],
    ['a key that is too short', () => [weakIdentity()], 'CERTIFICATE_INVALID', /"certificate" is too weak for OpenSSL/],
    [
      'a key as DER',
      () => [{ privateKey: createPrivateKey(world.certificate.privateKey).export({ type: 'pkcs8', format: 'der' }) }],
      'PRIVATE_KEY_INVALID',
      /Convert DER by openssl pkey -inform DER/,
    ],
  ])('%s', async (_, changes, code, message) => {
    const options = world.options(...changes());
    const { error, text } = await catchError(createTlsMaterial(options)());
    expect([error.code, error.retryable]).toEqual([`ERR_BSM_${code}`, true]);
    expect(error.message).toMatch(message);
    const { privateKey, passphrase } = options as { privateKey?: string | Buffer; passphrase?: string };
    const key =
      typeof privateKey === 'string' ? (privateKey.split('\n')[1] ?? privateKey) : privateKey?.toString('base64');
    for (const secret of [key, passphrase]) if (secret !== undefined) expect(text).not.toContain(secret);
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

test('a certificate that OpenSSL refuses costs no PIN', async () => {
  let asked = 0;
  const pin = () => String(++asked);
  const { certificate } = world.certificate;
  const pkcs11 = { module: '/absent.so', tokenLabel: 'token', keyLabel: 'key', pin };
  const read = createTlsMaterial({ certificate: certificate + JUNK, pkcs11 });
  expect((await catchError(read())).error.message).toMatch(/"certificate" is refused by OpenSSL/);
  const fine = createTlsMaterial({ certificate, pkcs11 });
  expect((await catchError(fine())).error.code).toBe('ERR_BSM_PKCS11_FAILED');
  expect(asked).toBe(0);
});

test('options that are inherited count in what is said of a failure', async () => {
  const options = world.options({ passphrase: 'not-this-one' }, { passphrase: 'open' });
  const { error } = await catchError(createTlsMaterial(Object.create(options) as DeviceIdentity)());
  expect(error.message).toMatch(/"passphrase" does not open the private key/);
});

describe('DER is as good as PEM', () => {
  it.each(['certificate', 'ca'] as const)('%s as bytes and as a file', async (option) => {
    const options = world.options();
    const bytes = der(String(options[option]));
    const folder = await mkdtemp(join(tmpdir(), 'bsm-'));
    try {
      const file = join(folder, 'certificate.der');
      await writeFile(file, bytes);
      for (const given of [bytes, file]) {
        using session = iotSession({ ...options, [option]: given } as IotSessionOptions);
        expect((await session.credentials()).accessKeyId).toMatch(/^ASIA/);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('what failed is explained', () => {
  // As files that are mended while the failure is being looked into.
  const mendedLater = (option: string, wrong: unknown) => {
    const identity = world.options() as unknown as Record<string, unknown>;
    const right = identity[option];
    let asked = 0;
    return Object.defineProperty(identity, option, { get: () => (asked++ ? right : wrong), enumerable: true });
  };

  it.each<[string, () => unknown, string, RegExp]>([
    ['privateKey', () => other().privateKey, 'PRIVATE_KEY_INVALID', /no pair/],
    ['certificate', () => JUNK, 'CERTIFICATE_INVALID', /"certificate" holds no certificate/],
    ['ca', () => JUNK, 'CERTIFICATE_INVALID', /"ca" holds no certificate/],
    ['ca', () => 'absent.pem', 'CERTIFICATE_INVALID', /see the cause/],
  ])('though %s has been mended meanwhile', async (option, wrong, code, message) => {
    const { error } = await catchError(createTlsMaterial(mendedLater(option, wrong()) as unknown as DeviceIdentity)());
    expect(error).toMatchObject({ code: `ERR_BSM_${code}`, retryable: true });
    expect(error.message).toMatch(message);
  });
});

test('a text that has gone from one file to the next is a change', async () => {
  const identity = world.options() as unknown as Record<'privateKey' | 'ca', string>;
  const { privateKey, ca } = identity;
  const read = createTlsMaterial(identity as unknown as DeviceIdentity);
  Object.assign(identity, { privateKey: privateKey + ca });
  const first = await read();
  Object.assign(identity, { privateKey, ca: ca + ca });
  expect(await read()).not.toBe(first);
});
