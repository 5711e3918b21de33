import type { Session } from '@bsm/core-cache';
import { connectMqtt } from './connect-mqtt.js';
import type { IotMqttOptions } from './connect-mqtt-options.js';
import { deviceSession } from './device-session.js';
import { checkIotOptions, type IotSessionOptions } from './iot-options.js';
import type { MqttClient, MqttProgressEvents } from './mqtt-client.js';
import type { KeySource } from './tls-material.js';

/** Options of {@link IotSession.mqtt}: those of `connectMqtt`, whose `identity` is the session's own. */
export type IotSessionMqttOptions = Omit<IotMqttOptions, 'identity'>;

/** A session whose credentials a device gets for its certificate. */
export interface IotSession extends Session {
  /** Where the private key is: `pem`, `pkcs12`, or the way to the token that was chosen. Undefined before the first request. */
  readonly keySource: KeySource | undefined;
  /**
   * Connects to the MQTT broker of AWS IoT Core with the same identity: with the certificate, or with the session's credentials
   * where `transport` is `'websocket'`. Needs the package `mqtt`. Close the client yourself: it outlives the session.
   *
   * @throws BsmError as `connectMqtt` does.
   */
  readonly mqtt: (options: IotSessionMqttOptions) => Promise<MqttClient & MqttProgressEvents>;
}

/**
 * Makes a session for an X.509 certificate: what {@link fromIotCertificate} gives, with clients, regions, assumed roles and MQTT.
 *
 * The region is `region`, else the one in AWS's name of the endpoint, else that of the environment as in `createSession`. `close()` ends the
 * connection to the endpoint.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once; credentials reject as those of {@link fromIotCertificate} do.
 *
 * @example
 * ```ts
 * const session = iotSession({
 *   endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
 *   roleAlias: 'telemetry',
 *   certificate: '/etc/device/certificate.pem',
 *   privateKey: '/etc/device/private.pem',
 * });
 * await session.client(S3Client).send(new PutObjectCommand({ Bucket, Key, Body }));
 * ```
 */
export function iotSession(options: IotSessionOptions): IotSession {
  checkIotOptions('iotSession', options);
  const { session, identity: device, keySource } = deviceSession(options);
  return Object.defineProperties(session, {
    keySource: { get: keySource },
    mqtt: {
      value: async (mqttOptions: IotSessionMqttOptions): Promise<MqttClient & MqttProgressEvents> => {
        // Nothing is kept: a session that is closed refuses.
        session.resource(options, () => undefined);
        const identity = mqttOptions?.transport === 'websocket' ? session : device;
        return connectMqtt({ ...mqttOptions, ca: mqttOptions?.ca ?? options.ca, identity });
      },
    },
  }) as IotSession;
}
