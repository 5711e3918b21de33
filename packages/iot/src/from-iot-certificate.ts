import type { SharedCredentials } from '@bsm/core-cache';
import { deviceSession } from './device-session.js';
import { checkIotOptions, credentialChecks, type IotOptions } from './iot-options.js';
import type { KeySource } from './tls-material.js';

/** The credentials of a device: a function for `credentials:` of any client, with what belongs to the device. */
export interface IotCredentials extends SharedCredentials {
  /** Where the private key is: `pem`, `pkcs12`, or the way to the token that was chosen. Undefined before the first request. */
  readonly keySource: KeySource | undefined;
  /** Ends the connection to the endpoint, a running refresh and its timer; later calls reject with `ERR_BSM_SESSION_CLOSED`. */
  readonly close: () => void;
  readonly [Symbol.dispose]: () => void;
}

/**
 * Gets AWS credentials for an X.509 certificate from the credential endpoint of AWS IoT Core.
 *
 * Makes no call before the first use (unless `refresh.eager`), then one per lifetime, over one connection that is kept: all clients
 * share one set, callers at the same time share one request, and a failing endpoint leaves valid credentials alone. Files of
 * certificate, key and authorities are looked at again at each refresh, so that rotation needs no restart. The endpoint is always verified:
 * neither an agent nor `NODE_TLS_REJECT_UNAUTHORIZED` can switch that off.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once. Credentials reject with `ERR_BSM_CERTIFICATE_INVALID`,
 * `ERR_BSM_PRIVATE_KEY_INVALID` or `ERR_BSM_PKCS11_FAILED` for what is wrong here; `ERR_BSM_CERTIFICATE_REJECTED`,
 * `ERR_BSM_ACCESS_DENIED` or `ERR_BSM_REQUEST_REJECTED` when AWS refuses; `ERR_BSM_ENDPOINT_UNREACHABLE`, `ERR_BSM_ENDPOINT_UNTRUSTED`,
 * `ERR_BSM_RESPONSE_INVALID` or `ERR_BSM_SERVICE_FAILED` for what is between. Each message says what to do; none holds a key, a
 * passphrase, a PIN or a token.
 * @see https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
 *
 * @example
 * ```ts
 * const credentials = fromIotCertificate({
 *   endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
 *   roleAlias: 'telemetry',
 *   certificate: '/etc/device/certificate.pem',
 *   privateKey: '/etc/device/private.pem',
 * });
 * const s3 = new S3Client({ region: 'eu-west-1', credentials });
 * ```
 */
export function fromIotCertificate(options: IotOptions): IotCredentials {
  checkIotOptions('fromIotCertificate', options, credentialChecks());
  const { session, close, keySource } = deviceSession(options);
  return Object.defineProperties(session.credentials, {
    keySource: { get: keySource },
    close: { value: close },
    [Symbol.dispose]: { value: close },
  }) as IotCredentials;
}
