/** @module @bsm/iot */
export { fromIotCertificate, type IotCredentials } from './from-iot-certificate.js';
export type {
  CredentialEndpointOptions,
  DeviceIdentity,
  IotOptions,
  IotSessionOptions,
  Material,
  PemIdentity,
  Pkcs11Identity,
  Pkcs12Identity,
  TrustOptions,
} from './iot-options.js';
export { type IotSession, type IotSessionMqttOptions, iotSession } from './iot-session.js';
export type { Pkcs11Reason } from './pkcs11/pkcs11-error.js';
export type { Pkcs11Options, Pkcs11Way } from './pkcs11/pkcs11-options.js';
export type { KeySource } from './tls-material.js';
