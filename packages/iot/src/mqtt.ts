/** @module @bsm/iot/mqtt */
export type { IotMqttOptions } from './connect-mqtt-options.js';
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
export { sendWhenTrusted } from './mqtt-send-when-trusted.js';
export type { MqttClientSettings, MqttSettings } from './mqtt-settings.js';
export { openMqtt as connectMqtt } from './open-mqtt.js';
export { type PresignMqttUrlOptions, presignMqttUrl } from './presign-mqtt-url.js';
