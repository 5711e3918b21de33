import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDeviceWorld } from '../src/fixtures/device-world.js';
import { createTestAuthority } from '../src/fixtures/mqtt-certificates.js';
import type { Pkcs11Options } from '../src/pkcs11/pkcs11-options.js';
import { findLibrary, SOFTHSM_MODULE } from './device-parts.js';
import { AWKWARD, makeSoftToken, type SoftToken } from './soft-token.js';
import { startMosquitto } from './start-mosquitto.js';
import { type P11KitServer, startP11KitServer } from './start-p11-kit-server.js';

const program = (name: string): string => fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));

let home: string;
let token: SoftToken;
let server: P11KitServer;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'bsm-provider-'));
  token = makeSoftToken();
  server = await startP11KitServer(SOFTHSM_MODULE);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  token[Symbol.dispose]();
  rmSync(home, { recursive: true });
});

/** Runs a program with a Node whose OpenSSL has the provider. */
async function run(version: string, module: string, script: string, options: object) {
  const configuration = join(home, 'openssl.cnf');
  writeFileSync(configuration, configurationFor(module));
  const npx = ['-y', '-p', `node@${version}`, 'node', `--openssl-config=${configuration}`, program(script)];
  const env = { ...process.env, P11_KIT_SERVER_ADDRESS: server.address };
  const child = promisify(execFile)('npx', npx, { env });
  child.child.stdin?.end(JSON.stringify(options));
  const { stdout, stderr } = await child;
  return { said: stdout.split('\n')[0], all: stdout + stderr };
}

function configurationFor(module: string): string {
  return `
    nodejs_conf = init
    [init]
    providers = all
    [all]
    default = usual
    pkcs11 = token
    [usual]
    activate = 1
    [token]
    module = ${findLibrary('ossl-modules/pkcs11.so')}
    pkcs11-module-path = ${module}
    activate = 1
  `;
}

/**
 * Node 20 loads SoftHSM itself. The OpenSSL of later ones and that of SoftHSM cannot be in one process: p11-kit keeps them apart, but
 * version 0.24 of it refuses what the provider signs with RSA by.
 */
const SERVED = 'p11-kit-client.so';
const WAYS: readonly [version: string, key: 'rsa' | 'ec', module: 'SoftHSM' | typeof SERVED][] = [
  ['20', 'rsa', 'SoftHSM'],
  ['20', 'ec', 'SoftHSM'],
  ['20', 'ec', SERVED],
  ['22', 'ec', SERVED],
  ['24', 'ec', SERVED],
  ['26', 'ec', SERVED],
];

function modulePath(name: 'SoftHSM' | typeof SERVED): string {
  return name === 'SoftHSM' ? SOFTHSM_MODULE : String(findLibrary(`pkcs11/${SERVED}`));
}

/** Options of a device with a key in the token; without `via`, so that the provider is found. */
function pkcs11(key: 'rsa' | 'ec', module: string, changes: Partial<Pkcs11Options> = {}) {
  return { privateKey: undefined, clock: undefined, pkcs11: token.options(key, { module, ...changes }) };
}

describe.each(WAYS)('Node %s with a provider of OpenSSL, a key of kind %s in %s', (version, key, name) => {
  const module = modulePath(name);
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('gets credentials over %s', async (tlsVersion) => {
    await using world = await startDeviceWorld({ tlsVersion });
    const { certificate } = world.endpoint.issueCertificate({ publicKey: token.publicKeys[key] });
    const options = world.options({ certificate, ...pkcs11(key, module) });
    const { said } = await run(version, module, 'ask-once', options);
    expect(said).toBe('ASIA provider');
    expect(world.endpoint.handshakes.full).toBe(1);
  });
});

it.each<[string, Partial<Pkcs11Options>]>([
  ['a wrong PIN', { pin: 'no-such-pin' }],
  ['a missing token', { tokenLabel: 'absent' }],
  ['a missing key', { keyLabel: 'absent' }],
])('%s is an error, and no PIN is printed', async (_, changes) => {
  await using world = await startDeviceWorld();
  const { certificate } = world.endpoint.issueCertificate({ publicKey: token.publicKeys.rsa });
  const options = world.options({ certificate, ...pkcs11('rsa', modulePath(SERVED), changes) });
  const { said, all } = await run('24', modulePath(SERVED), 'ask-once', options);
  expect(said).toBe('ERR_BSM_PKCS11_FAILED provider-failed');
  const pin = String(changes.pin ?? AWKWARD.pin);
  const encoded = Buffer.from(pin).toString('hex').replace(/../g, '%$&');
  for (const form of [pin, encoded, encodeURIComponent(pin)]) expect(all).not.toContain(form);
});

it('MQTT takes a key of the provider, also again after a loss', async () => {
  const authority = createTestAuthority();
  await using mosquitto = await startMosquitto(authority);
  const identity = {
    endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
    roleAlias: 'telemetry',
    ca: authority.ca,
    certificate: authority.certify('device', token.publicKeys.ec),
    ...pkcs11('ec', modulePath(SERVED)),
  };
  const options = { endpoint: mosquitto.tlsEndpoint, clientId: 'by-provider', identity, reconnectMs: [1, 10] };
  const { said } = await run('24', modulePath(SERVED), 'publish-twice', options);
  expect(said).toBe('one two');
});
