import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catchError } from '../src/fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld } from '../src/fixtures/device-world.js';
import { createTestAuthority } from '../src/fixtures/mqtt-certificates.js';
import { fromIotCertificate } from '../src/from-iot-certificate.js';

// A server of Node says nothing when it refuses a certificate; OpenSSL's own sends the alerts that real ones send.
describe.each([
  ['-tls1_2', 'TLS 1.2'],
  ['-tls1_3', 'TLS 1.3'],
])('a server of OpenSSL with %s', (version) => {
  let home: string;
  let server: ChildProcess;
  let endpoint: string;
  let world: DeviceWorld;
  const authority = createTestAuthority();

  beforeAll(async () => {
    world = await startDeviceWorld();
    home = mkdtempSync(join(tmpdir(), 'bsm-openssl-'));
    const { certificate, privateKey } = authority.issue('server');
    const write = (name: string, content: string): string => {
      writeFileSync(join(home, name), content);
      return join(home, name);
    };
    const files = ['-cert', write('c.pem', certificate), '-key', write('k.pem', privateKey)];
    const devices = ['-CAfile', write('ca.pem', world.endpoint.ca), '-Verify', '3', '-verify_return_error'];
    const listen = ['-accept', '127.0.0.1:0', '-www', '-naccept', '100'];
    server = spawn('openssl', ['s_server', version, ...listen, ...files, ...devices], { stdio: 'pipe' });
    server.stderr?.resume();
    endpoint = await addressIn(server);
  });
  afterAll(async () => {
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    rmSync(home, { recursive: true });
    await world[Symbol.asyncDispose]();
  });

  it.each<[string, Parameters<DeviceWorld['options']>[1], string, RegExp]>([
    [
      'of an unknown authority',
      { signedBy: 'stranger' },
      'CERTIFICATE_REJECTED',
      /\(.*unknown ca.*\).*signed by an authority/,
    ],
    ['that has ended', { notAfter: new Date(Date.now() - 1_000) }, 'CERTIFICATE_REJECTED', /expired.*It ended on/],
    ['that is good', {}, 'RESPONSE_INVALID', /credential endpoint/],
  ])('answers a certificate %s', async (_, certificate, code, message) => {
    using credentials = fromIotCertificate(world.options({ endpoint, ca: authority.ca }, certificate));
    const { error } = await catchError(credentials());
    expect(error.code).toBe(`ERR_BSM_${code}`);
    expect(error.message).toMatch(message);
  });
});

async function addressIn(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stdout as NodeJS.ReadableStream })) {
    const address = /^ACCEPT (\S+)/.exec(line)?.[1];
    if (address === undefined) continue;
    server.stdout?.resume();
    return address;
  }
  throw new Error('openssl s_server did not start');
}
