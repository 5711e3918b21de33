// Gets credentials in every way that a device may have its identity, on the Node that runs it and with the package as built. Prints one
// line for each: its name, then "ok" or what went wrong. Options of keys in a token come in the variable TOKEN.
import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeAws } from '@bsm/testing';
import { fromIotCertificate } from '../dist/index.js';

const KEY_INVALID = 'ERR_BSM_PRIVATE_KEY_INVALID';
const UNTRUSTED = 'ERR_BSM_ENDPOINT_UNTRUSTED';
const PASSPHRASE = 'corréct horse';
const home = mkdtempSync(join(tmpdir(), 'bsm-matrix-'));
let files = 0;

const FORMS = {
  path(content) {
    const path = join(home, String(files++));
    writeFileSync(path, content);
    return path;
  },
  text: String,
  bytes: (content) => new Uint8Array(Buffer.from(content)),
};

const encode = (pem, type, encrypted) =>
  createPrivateKey(pem).export({
    type,
    format: 'pem',
    ...(encrypted && { cipher: 'aes-256-cbc', passphrase: PASSPHRASE }),
  });

async function attempt(name, endpoint, options, expected) {
  const credentials = fromIotCertificate({
    endpoint: endpoint.endpoint,
    ca: endpoint.ca,
    roleAlias: 'telemetry',
    ...options,
  });
  try {
    await credentials();
    endpoint.closeIdleConnections();
    const resumed = endpoint.handshakes.resumed;
    await credentials.refresh();
    if (endpoint.handshakes.resumed !== resumed + 1) throw new Error('the TLS session was not resumed');
    const { full } = endpoint.handshakes;
    for (let count = 0; count < 20; count++) await credentials.refresh();
    if (endpoint.handshakes.full !== full) throw new Error('a kept connection was not used');
    report(name, expected === undefined ? undefined : 'got credentials');
  } catch (error) {
    report(name, error.code === expected ? undefined : `${error.code} ${error.message}`);
  }
  credentials.close();
}

function report(name, trouble) {
  process.stdout.write(`${name}: ${trouble ?? 'ok'}\n`);
}

const aws = await startFakeAws();
const role = aws.addRole({
  accountId: '123456789012',
  roleName: 'telemetry',
  trustPolicy: {
    Statement: { Effect: 'Allow', Principal: { Service: 'credentials.iot.amazonaws.com' }, Action: 'sts:AssumeRole' },
  },
});

for (const tlsVersion of ['TLSv1.2', 'TLSv1.3']) {
  const endpoint = await aws.startCredentialEndpoint({ tlsVersion });
  endpoint.addRoleAlias({ roleAlias: 'telemetry', role });
  for (const keyType of ['rsa', 'ec']) {
    const label = (what) => `${tlsVersion} ${keyType} ${what}`;
    const { certificate, privateKey } = endpoint.issueCertificate({ keyType });
    const chain = endpoint.issueCertificate({ keyType, signedBy: 'intermediate' });
    for (const [form, give] of Object.entries(FORMS)) {
      const identity = { certificate: give(certificate), privateKey: give(privateKey), ca: give(endpoint.ca) };
      await attempt(label(`as ${form}`), endpoint, identity);
    }
    for (const type of ['pkcs8', keyType === 'rsa' ? 'pkcs1' : 'sec1']) {
      await attempt(label(type), endpoint, { certificate, privateKey: encode(privateKey, type, false) });
      const encrypted = { certificate, privateKey: encode(privateKey, type, true) };
      await attempt(label(`${type} encrypted`), endpoint, { ...encrypted, passphrase: PASSPHRASE });
      await attempt(label(`${type} wrong passphrase`), endpoint, { ...encrypted, passphrase: 'x' }, KEY_INVALID);
      await attempt(label(`${type} no passphrase`), endpoint, encrypted, KEY_INVALID);
    }
    await attempt(label('chain'), endpoint, { certificate: chain.certificate, privateKey: chain.privateKey });
    const pkcs12 = chain.pkcs12(PASSPHRASE);
    await attempt(label('PKCS#12'), endpoint, { pkcs12, passphrase: PASSPHRASE });
    await attempt(label('PKCS#12 wrong passphrase'), endpoint, { pkcs12, passphrase: 'x' }, KEY_INVALID);
    const other = endpoint.issueCertificate({ keyType });
    await attempt(label('mismatch'), endpoint, { certificate, privateKey: other.privateKey }, KEY_INVALID);
    await attempt(label('no authority'), endpoint, { certificate, privateKey, ca: undefined }, UNTRUSTED);
    await attempt(label('wrong name'), endpoint, { certificate, privateKey, servername: 'other.example' }, UNTRUSTED);
    await attempt(label('right name'), endpoint, { certificate, privateKey, servername: endpoint.servername });
    await attempt(label('ALPN'), endpoint, { certificate, privateKey, alpnProtocols: ['x-amzn-http-ca'] });
    const token = JSON.parse(process.env.TOKEN ?? '{}')[keyType];
    if (token !== undefined) {
      const issued = endpoint.issueCertificate({ publicKey: token.publicKey });
      await attempt(label('engine'), endpoint, { certificate: issued.certificate, pkcs11: token.pkcs11 });
    }
  }
}

await aws.close();
rmSync(home, { recursive: true });
