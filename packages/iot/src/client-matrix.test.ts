import { createPrivateKey, randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceWorld, startDeviceWorld } from './fixtures/device-world.js';
import { fromIotCertificate } from './from-iot-certificate.js';

const PASSPHRASE = 'corréct horse';
const files: string[] = [];

/** Ways in which one thing can be given. */
const FORMS: Readonly<Record<string, (content: string | Buffer) => string | Uint8Array>> = {
  path(content) {
    const path = join(tmpdir(), `bsm-matrix-${randomUUID()}`);
    writeFileSync(path, content, { mode: 0o600 });
    files.push(path);
    return path;
  },
  text: (content) => content.toString(),
  bytes: (content) => new Uint8Array(Buffer.from(content)),
};

/** Encodings of a private key of PKCS#8, and the passphrase that they need. */
const ENCODINGS: Readonly<Record<string, (pem: string) => [pem: string, passphrase?: string]>> = {
  'PKCS#8': (pem) => [pem],
  'encrypted PKCS#8': (pem) => [encode(pem, 'pkcs8', true), PASSPHRASE],
  traditional: (pem) => [encode(pem, 'traditional', false)],
  'encrypted traditional': (pem) => [encode(pem, 'traditional', true), PASSPHRASE],
};

function encode(pem: string, form: 'pkcs8' | 'traditional', encrypted: boolean): string {
  const key = createPrivateKey(pem);
  const type = form === 'pkcs8' ? 'pkcs8' : key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1';
  const encryption = encrypted ? { cipher: 'aes-256-cbc', passphrase: PASSPHRASE } : {};
  return key.export({ type, format: 'pem', ...encryption } as { type: 'pkcs8'; format: 'pem' }).toString();
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('%s', (tlsVersion) => {
  let world: DeviceWorld;
  beforeAll(async () => {
    world = await startDeviceWorld({ tlsVersion });
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    for (const path of files.splice(0)) rmSync(path);
  });

  async function getCredentials(options: Record<string, unknown>): Promise<string> {
    using credentials = fromIotCertificate(world.options(options));
    const { accessKeyId } = await credentials();
    world.endpoint.closeIdleConnections();
    // With a TLS session that is resumed.
    await credentials.refresh();
    return accessKeyId;
  }

  describe.each(['rsa', 'ec'] as const)('%s', (keyType) => {
    it.each(Object.keys(ENCODINGS))('a key as %s', async (encoding) => {
      const { certificate, privateKey } = world.endpoint.issueCertificate({ keyType });
      const [key, passphrase] = ENCODINGS[encoding]!(privateKey);
      expect(await getCredentials({ certificate, privateKey: key, passphrase })).toMatch(/^ASIA/);
    });

    it.each(Object.keys(FORMS))('everything as %s', async (form) => {
      const { certificate, privateKey } = world.endpoint.issueCertificate({ keyType });
      const give = FORMS[form]!;
      const options = { certificate: give(certificate), privateKey: give(privateKey), ca: give(world.endpoint.ca) };
      expect(await getCredentials(options)).toMatch(/^ASIA/);
    });

    it('a chain', async () => {
      const { certificate, privateKey } = world.endpoint.issueCertificate({ keyType, signedBy: 'intermediate' });
      expect(await getCredentials({ certificate, privateKey })).toMatch(/^ASIA/);
    });

    it.each(['path', 'bytes'])('PKCS#12 with a chain as %s', async (form) => {
      const pkcs12 = world.endpoint.issueCertificate({ keyType, signedBy: 'intermediate' }).pkcs12(PASSPHRASE);
      const identity = { certificate: undefined, privateKey: undefined, pkcs12: FORMS[form]!(pkcs12) };
      expect(await getCredentials({ ...identity, passphrase: PASSPHRASE })).toMatch(/^ASIA/);
    });
  });
});
