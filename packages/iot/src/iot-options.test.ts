import { Agent as HttpAgent } from 'node:http';
import { Agent } from 'node:https';
import { describe, expect, it, test } from 'vitest';
import { fromIotCertificate } from './from-iot-certificate.js';
import type { IotOptions } from './iot-options.js';
import { iotSession } from './iot-session.js';

const SECRET = 'sEcReT-vAlUe';
const PEM = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
const GOOD = {
  endpoint: 'c1.credentials.iot.eu-west-1.amazonaws.com',
  roleAlias: 'telemetry',
  certificate: PEM,
  privateKey: '/etc/device/private.pem',
};
const TOKEN = { module: '/usr/lib/p11.so', tokenLabel: 'device', keyLabel: 'key', pin: '1234' };
const WITH_TOKEN = { ...GOOD, privateKey: undefined, pkcs11: TOKEN };

describe.each([
  ['fromIotCertificate', fromIotCertificate],
  ['iotSession', iotSession],
] as const)('%s', (_name, make) => {
  it.each<[string, unknown]>([
    ['options', undefined],
    ['options', null],
    ['options', SECRET],
    ['verifyPeer', { ...GOOD, verifyPeer: false }],
    ['endpoint', { ...GOOD, endpoint: undefined }],
    ['endpoint', { ...GOOD, endpoint: `https://${SECRET}` }],
    ['endpoint', { ...GOOD, endpoint: 'a1b2-ats.iot.eu-west-1.amazonaws.com' }],
    ['endpoint', { ...GOOD, endpoint: 443 }],
    ['roleAlias', { ...GOOD, roleAlias: undefined }],
    ['roleAlias', { ...GOOD, roleAlias: `a/../${SECRET}` }],
    ['roleAlias', { ...GOOD, roleAlias: 'a b' }],
    ['roleAlias', { ...GOOD, roleAlias: 'a'.repeat(129) }],
    ['roleAlias', { ...GOOD, roleAlias: '' }],
    ['thingName', { ...GOOD, thingName: `x\r\nx-evil: ${SECRET}` }],
    ['thingName', { ...GOOD, thingName: 'ä' }],
    ['durationSeconds', { ...GOOD, durationSeconds: 899 }],
    ['durationSeconds', { ...GOOD, durationSeconds: 43_201 }],
    ['durationSeconds', { ...GOOD, durationSeconds: '3600' }],
    ['region', { ...GOOD, region: 'eu west 1' }],
    ['certificate', { ...GOOD, certificate: undefined }],
    ['certificate', { ...GOOD, certificate: '' }],
    ['certificate', { ...GOOD, certificate: new Uint8Array() }],
    ['certificate', { ...GOOD, certificate: {} }],
    ['privateKey', { ...GOOD, privateKey: undefined }],
    // The body of a key without its first line: no path, and never to be shown.
    ['privateKey', { ...GOOD, privateKey: `${SECRET}\n${SECRET}` }],
    ['privateKey', { ...GOOD, pkcs11: TOKEN }],
    ['passphrase', { ...GOOD, passphrase: 1 }],
    ['passphrase', { ...WITH_TOKEN, passphrase: SECRET }],
    ['ca', { ...GOOD, ca: '' }],
    ['certificate', { ...GOOD, privateKey: undefined, pkcs12: 'a.p12' }],
    ['privateKey', { ...GOOD, certificate: undefined, pkcs12: 'a.p12' }],
    ['pkcs11', { ...WITH_TOKEN, certificate: undefined, pkcs12: 'a.p12' }],
    ['pkcs11', { ...WITH_TOKEN, pkcs11: 'softhsm' }],
    ['pkcs11.module', { ...WITH_TOKEN, pkcs11: { ...TOKEN, module: undefined } }],
    ['pkcs11.keyLabel', { ...WITH_TOKEN, pkcs11: { ...TOKEN, keyLabel: undefined } }],
    ['pkcs11.pin', { ...WITH_TOKEN, pkcs11: { ...TOKEN, pin: undefined } }],
    ['pkcs11.pin', { ...WITH_TOKEN, pkcs11: { ...TOKEN, pin: 1234 } }],
    ['pkcs11.tokenLabel', { ...WITH_TOKEN, pkcs11: { ...TOKEN, tokenLabel: undefined } }],
    ['pkcs11.tokenLabel', { ...WITH_TOKEN, pkcs11: { ...TOKEN, slotId: 1 } }],
    ['pkcs11.slotId', { ...WITH_TOKEN, pkcs11: { ...TOKEN, tokenLabel: undefined, slotId: -1 } }],
    ['pkcs11.via', { ...WITH_TOKEN, pkcs11: { ...TOKEN, via: 'magic' } }],
    ['pkcs11.userPin', { ...WITH_TOKEN, pkcs11: { ...TOKEN, userPin: SECRET } }],
    ['servername', { ...GOOD, servername: 'a b' }],
    ['servername', { ...GOOD, servername: 'a..b' }],
    ['servername', { ...GOOD, servername: '127.0.0.1' }],
    ['alpnProtocols', { ...GOOD, alpnProtocols: 'http/1.1' }],
    ['alpnProtocols', { ...GOOD, alpnProtocols: [] }],
    ['alpnProtocols', { ...GOOD, alpnProtocols: [''] }],
    ['timeoutMs', { ...GOOD, timeoutMs: 0 }],
    ['agent', { ...GOOD, agent: {} }],
    ['alpnProtocols', { ...GOOD, alpnProtocols: ['x'.repeat(300)] }],
    ['agent', { ...GOOD, agent: new Agent({ rejectUnauthorized: false }) }],
    ['refresh.timeoutMs', { ...GOOD, refresh: { timeoutMs: 0 } }],
    ['clock', { ...GOOD, clock: 1 }],
  ])('refuses %s', (option, options) => {
    const act = () => make(options as IotOptions);
    expect(act).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }));
    expect(act).not.toThrow(SECRET);
  });

  it.each<[string, unknown]>([
    ['undefined for what is not given', { ...GOOD, thingName: undefined, pkcs12: undefined, agent: undefined }],
    [
      'all there is',
      {
        ...GOOD,
        thingName: 'a:b_c-1',
        durationSeconds: 900,
        region: 'eu-west-1',
        passphrase: 'x',
        ca: PEM,
        servername: 'a.example',
        alpnProtocols: ['x-amzn-http-ca'],
        timeoutMs: 1,
        agent: new Agent(),
        refresh: {},
      },
    ],
    ['bytes', { ...GOOD, certificate: Buffer.from(PEM), privateKey: new Uint8Array([1]) }],
    ['text in front of PEM', { ...GOOD, certificate: `Bag Attributes\n${PEM}` }],
    ['PKCS#12', { ...GOOD, certificate: undefined, privateKey: undefined, pkcs12: 'a.p12' }],
    ['a token', WITH_TOKEN],
    ['a slot', { ...WITH_TOKEN, pkcs11: { ...TOKEN, tokenLabel: undefined, slotId: 0, pin: () => '1', via: 'crt' } }],
    ['an agent that is not of node:https', { ...GOOD, agent: new HttpAgent() }],
  ])('takes %s, and reads nothing', (_, options) => {
    const made = make(options as IotOptions);
    expect(made.keySource).toBeUndefined();
    made.close();
  });
});

test('iotSession takes what concerns clients, fromIotCertificate does not', () => {
  const clients = { clientDefaults: { maxAttempts: 1 }, clientCache: { maxSize: 1 }, resourceCache: { maxSize: 1 } };
  using session = iotSession({ ...GOOD, ...clients });
  expect(session.clientDefaults).toEqual({ maxAttempts: 1 });
  expect(() => fromIotCertificate({ ...GOOD, ...clients })).toThrow(/"clientDefaults"/);
  expect(() => iotSession({ ...GOOD, clientDefaults: { region: 'eu-west-1' } as never })).toThrow(
    /clientDefaults\.region/,
  );
});
