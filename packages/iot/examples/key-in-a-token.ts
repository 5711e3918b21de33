import { fromIotCertificate, type IotCredentials } from '@bsm/iot';

/** Gets credentials with a key that never leaves its token. */
export function keyInToken(pin: () => Promise<string>, module: string, certificate: string): IotCredentials {
  return fromIotCertificate({
    endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
    roleAlias: 'telemetry',
    certificate,
    pkcs11: {
      module, // such as /usr/lib/x86_64-linux-gnu/pkcs11/libtpm2_pkcs11.so
      tokenLabel: 'device',
      keyLabel: 'iot key',
      pin, // asked when the key is loaded; what the token refused is not tried again
    },
  });
}
