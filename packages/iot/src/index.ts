/** @module @bsm/iot */
export {
  type AwsCredentialIdentity,
  BsmError,
  type BsmErrorCode,
  type Clock,
  isBsmError,
  type RefreshOptions,
  type Session,
  type SharedCredentials,
} from '@bsm/core-cache';
export { connectMqtt, type IotMqttOptions } from './connect-mqtt.js';
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
export type { AlpnOption } from './mqtt-alpn.js';
export type { MqttClient, MqttMessageListener, MqttProgressEvents, MqttPublishOptions } from './mqtt-client.js';
export {
  type MqttCertificateOptions,
  type MqttClientOptions,
  type MqttIdentity,
  type MqttTrust,
  type MqttWebsocketOptions,
  mqttOptions,
} from './mqtt-options.js';
export type { MqttProgress } from './mqtt-progress.js';
export type { MqttClientSettings, MqttSettings } from './mqtt-settings.js';
export type { Pkcs11Reason } from './pkcs11/pkcs11-error.js';
export type { Pkcs11Options, Pkcs11Way } from './pkcs11/pkcs11-options.js';
export { type PresignMqttUrlOptions, presignMqttUrl } from './presign-mqtt-url.js';
export type { KeySource } from './tls-material.js';
