import { randomUUID, X509Certificate } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { catchError } from '../src/fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld } from '../src/fixtures/device-world.js';
import { fromIotCertificate, type IotCredentials } from '../src/from-iot-certificate.js';
import type { Pkcs11Options } from '../src/pkcs11/pkcs11-options.js';
import { AWKWARD, makeSoftToken, type SoftToken } from './soft-token.js';

let token: SoftToken;
let world: DeviceWorld;
const made: IotCredentials[] = [];

beforeAll(async () => {
  token = makeSoftToken();
  world = await startDeviceWorld();
});
afterEach(() => {
  for (const credentials of made.splice(0)) credentials.close();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  token[Symbol.dispose]();
});

function make(key: 'rsa' | 'ec', pkcs11: Partial<Pkcs11Options>, from: DeviceWorld = world, changes = {}) {
  const { certificate } = from.endpoint.issueCertificate({ publicKey: token.publicKeys[key] });
  const identity = { certificate, privateKey: undefined, pkcs11: token.options(key, pkcs11) };
  const credentials = fromIotCertificate(from.options({ ...identity, ...changes }));
  made.push(credentials);
  return credentials;
}

// First: a token that somebody in the process has opened does not ask for the PIN again.
describe('a wrong PIN', () => {
  it.each(['engine', 'crt'] as const)('is refused by the token, and not tried again, via %s', async (via) => {
    let asked = 0;
    const pin = () => `${++asked > 2 ? 'other' : 'wrong'}-pin`;
    const credentials = make('rsa', { via, pin });
    const errors: unknown[] = [];
    for (let attempt = 0; attempt < 3; attempt++) {
      const { error, text } = await catchError(credentials.refresh());
      expect(error).toMatchObject({
        code: 'ERR_BSM_PKCS11_FAILED',
        retryable: false,
        details: { reason: 'pin-incorrect' },
        message: expect.stringMatching(/refused the PIN\. It is not tried again/),
      });
      expect(text).not.toMatch(/(other|wrong)-pin/);
      errors.push(error);
    }
    // The second time the token was not asked.
    expect([errors[1] === errors[0], errors[2] === errors[0]]).toEqual([true, false]);
  });
});

describe.each(['engine', 'crt'] as const)('via %s', (via) => {
  it.each(['rsa', 'ec'] as const)('gets credentials with a key of kind %s, whose labels are awkward', async (key) => {
    const credentials = make(key, { via });
    expect((await credentials()).accessKeyId).toMatch(/^ASIA/);
    expect(credentials.keySource).toBe(via);
    await credentials.refresh();
  });

  it('takes the certificate and the authorities as DER', async () => {
    const { certificate } = world.endpoint.issueCertificate({ publicKey: token.publicKeys.ec });
    const changes = {
      certificate: new X509Certificate(certificate).raw,
      ca: new X509Certificate(world.endpoint.ca).raw,
    };
    expect((await make('ec', { via }, world, changes)()).accessKeyId).toMatch(/^ASIA/);
  });

  it('finds the token by its slot', async () => {
    const credentials = make('ec', { via, tokenLabel: undefined, slotId: token.slotId });
    expect((await credentials()).accessKeyId).toMatch(/^ASIA/);
  });

  it.each<[string, Partial<Pkcs11Options>, string, RegExp]>([
    ['token', { tokenLabel: 'absent' }, 'key-missing', /no token with that label/],
    ['key', { keyLabel: 'absent' }, 'key-missing', /no private key with that label/],
    ['module', { module: '/absent/module.so' }, 'module-missing', /no file at the path of the module/],
  ])('says that the %s is missing', async (_, pkcs11, reason, message) => {
    const { error, text } = await catchError(make('rsa', { via, ...pkcs11 })());
    expect(error).toMatchObject({ code: 'ERR_BSM_PKCS11_FAILED', details: { reason }, retryable: true });
    expect(error.message).toMatch(message);
    expect(text).not.toContain(AWKWARD.pin);
  });

  it('50 handshakes at once', async () => {
    const all = Array.from({ length: 50 }, (_, index) => make(index % 2 === 0 ? 'rsa' : 'ec', { via }));
    const before = world.endpoint.handshakes.full;
    const keys = await Promise.all(all.map((credentials) => credentials()));
    expect(new Set(keys.map(({ accessKeyId }) => accessKeyId)).size).toBe(50);
    expect(world.endpoint.handshakes.full - before).toBe(50);
  });

  it('says that the key is none of the certificate', async () => {
    const { certificate } = world.endpoint.issueCertificate({ keyType: 'rsa' });
    const { error } = await catchError(make('rsa', { via }, world, { certificate })());
    // aws-crt does not compare the two: the endpoint hangs up in the handshake.
    expect(error.code).toBe(via === 'engine' ? 'ERR_BSM_PKCS11_FAILED' : 'ERR_BSM_ENDPOINT_UNREACHABLE');
  });

  it.each([
    ['of an unknown authority', { ca: undefined }],
    ['with another name', { servername: 'other.example' }],
  ])('refuses a server %s', async (_, changes) => {
    const { error } = await catchError(make('ec', { via }, world, { ...changes, timeoutMs: 1_000 })());
    // aws-crt says nothing for 10 to 30 seconds.
    expect(error.code).toBe(via === 'engine' ? 'ERR_BSM_ENDPOINT_UNTRUSTED' : 'ERR_BSM_ENDPOINT_UNREACHABLE');
    expect(error.message).toMatch(/options\.(ca|servername)/);
  });

  it('says what AWS refuses', async () => {
    const { error } = await catchError(make('ec', { via }, world, { roleAlias: 'absent' })());
    expect(error.code).toBe('ERR_BSM_REQUEST_REJECTED');
  });

  it.each<[string, Parameters<DeviceWorld['aws']['fault']>[0], string]>([
    ['a hang', { kind: 'hang' }, 'ERR_BSM_ENDPOINT_UNREACHABLE'],
    ['a flood', { kind: 'flood' }, 'ERR_BSM_RESPONSE_INVALID'],
    ['a connection that breaks', { kind: 'reset', when: 'body' }, 'ERR_BSM_RESPONSE_INVALID'],
  ])('ends %s', async (_, fault, code) => {
    const stop = world.aws.fault({ ...fault, service: 'iot' });
    const { error } = await catchError(make('ec', { via }, world, { timeoutMs: 500 })()).finally(stop);
    expect(error.code).toBe(code);
  });
});

describe('TLS 1.3 only', () => {
  it.each(['rsa', 'ec'] as const)('works by the engine with %s, and not by aws-crt', async (key) => {
    await using own = await startDeviceWorld({ tlsVersion: 'TLSv1.3' });
    expect((await make(key, { via: 'engine' }, own)()).accessKeyId).toMatch(/^ASIA/);
    expect((await catchError(make(key, { via: 'crt' }, own)())).error.code).toMatch(/^ERR_BSM_ENDPOINT_/);
  });
});

test('auto takes the engine, and says so; without one aws-crt', async () => {
  const credentials = make('ec', {});
  await credentials();
  expect(credentials.keySource).toBe('engine');
  const directory = process.env['OPENSSL_ENGINES'];
  process.env['OPENSSL_ENGINES'] = tmpdir();
  const others = make('ec', {});
  await others();
  expect(others.keySource).toBe('crt');
  process.env['OPENSSL_ENGINES'] = directory;
});

test('a provider that is not there is an error with what to do', async () => {
  const { error } = await catchError(make('ec', { via: 'provider' })());
  expect(error).toMatchObject({ code: 'ERR_BSM_PKCS11_FAILED', details: { reason: 'provider-failed' } });
  expect(error.message).toContain('--openssl-config');
});

test('the engine serves one module in a process', async () => {
  const { error } = await catchError(make('ec', { via: 'engine', module: process.execPath })());
  expect(error).toMatchObject({ details: { reason: 'process-state' }, retryable: false });
});

test('the PIN is asked when the key is loaded: at first, and for a new certificate', async () => {
  const path = join(tmpdir(), `bsm-certificate-${randomUUID()}`);
  const issue = () => world.endpoint.issueCertificate({ publicKey: token.publicKeys.ec });
  writeFileSync(path, issue().certificate);
  let asked = 0;
  const pin = async () => {
    asked++;
    return AWKWARD.pin;
  };
  const credentials = make('ec', { via: 'engine', pin }, world, { certificate: path });
  await credentials();
  await credentials.refresh();
  expect(asked).toBe(1);
  const next = issue();
  writeFileSync(path, next.certificate);
  await credentials.refresh();
  expect(asked).toBe(2);
  expect(world.aws.requests.at(-1)?.params['certificateId']).toBe(next.certificateId);
  rmSync(path);
});
