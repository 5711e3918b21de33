import type { AwsCredentialIdentity, Session, SharedCredentials } from '@bsm/core-cache';
import { expectTypeOf, test } from 'vitest';
import { fromIotCertificate, type IotOptions, iotSession } from './index.js';

const device = { endpoint: 'c1.credentials.iot.eu-west-1.amazonaws.com', roleAlias: 'telemetry' };
const pkcs11 = { module: '/usr/lib/p11.so', tokenLabel: 'device', keyLabel: 'key', pin: '1234' };

test('an identity is a pair, a PKCS#12 file or a token', () => {
  expectTypeOf({ ...device, certificate: 'c.pem', privateKey: new Uint8Array() }).toExtend<IotOptions>();
  expectTypeOf({ ...device, pkcs12: 'd.p12', passphrase: 'x' }).toExtend<IotOptions>();
  expectTypeOf({ ...device, certificate: 'c.pem', pkcs11 }).toExtend<IotOptions>();
  // @ts-expect-error half a pair
  void ((): IotOptions => ({ ...device, certificate: 'c.pem' }));
  // @ts-expect-error two keys
  void ((): IotOptions => ({ ...device, certificate: 'c.pem', privateKey: 'k.pem', pkcs11 }));
  // @ts-expect-error two certificates
  void ((): IotOptions => ({ ...device, pkcs12: 'd.p12', certificate: 'c.pem' }));
});

test('what they give', () => {
  expectTypeOf(fromIotCertificate).returns.toExtend<SharedCredentials & { close(): void }>();
  expectTypeOf(iotSession).returns.toExtend<Session>();
  expectTypeOf(fromIotCertificate).returns.returns.resolves.toEqualTypeOf<AwsCredentialIdentity>();
});
