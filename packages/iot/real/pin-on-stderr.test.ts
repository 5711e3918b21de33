import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeviceWorld, startDeviceWorld } from '../src/fixtures/device-world.js';
import type { Pkcs11Options } from '../src/pkcs11/pkcs11-options.js';
import { AWKWARD, makeSoftToken, type SoftToken } from './soft-token.js';

const PROGRAM = fileURLToPath(new URL('./ask-once.mjs', import.meta.url));
let token: SoftToken;
let world: DeviceWorld;

beforeAll(async () => {
  token = makeSoftToken();
  world = await startDeviceWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  token[Symbol.dispose]();
});

/** Runs a program of its own, since what OpenSSL and its engine print does not come through Node. */
async function ask(pkcs11: Partial<Pkcs11Options>): Promise<{ stdout: string; stderr: string }> {
  const { certificate } = world.endpoint.issueCertificate({ publicKey: token.publicKeys.rsa });
  const identity = { certificate, privateKey: undefined, clock: undefined, pkcs11: token.options('rsa', pkcs11) };
  const child = promisify(execFile)(process.execPath, [PROGRAM]);
  child.child.stdin?.end(JSON.stringify(world.options(identity)));
  return child;
}

it.each<[string, Partial<Pkcs11Options>, string, RegExp]>([
  ['a wrong PIN', { pin: 'no-such-pin' }, 'ERR_BSM_PKCS11_FAILED pin-incorrect', /Login failed/],
  ['a missing token', { tokenLabel: 'absent' }, 'ERR_BSM_PKCS11_FAILED key-missing', /pkcs11:token=/],
  ['a missing key', { keyLabel: 'absent' }, 'ERR_BSM_PKCS11_FAILED key-missing', /pkcs11:token=/],
  ['a missing module', { module: '/absent.so' }, 'ERR_BSM_PKCS11_FAILED module-missing', /^$/],
  ['a file that is no module', { module: PROGRAM }, 'ERR_BSM_PKCS11_FAILED module-unusable', /Unable to load module/],
  ['nothing wrong', {}, 'ASIA engine', /^$/],
])('the PIN is not printed with %s', async (_, pkcs11, said, printed) => {
  const { stdout, stderr } = await ask({ via: 'engine', ...pkcs11 });
  expect(stdout.split('\n')[0]).toBe(said);
  expect(stderr).toMatch(printed);
  const pin = String(pkcs11.pin ?? AWKWARD.pin);
  const encoded = Buffer.from(pin).toString('hex').replace(/../g, '%$&');
  for (const form of [pin, encoded, encodeURIComponent(pin)]) expect(stdout + stderr).not.toContain(form);
});
