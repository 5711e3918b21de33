import type { IotMqttOptions } from './connect-mqtt-options.js';
import type { MqttClient, MqttProgressEvents } from './mqtt-client.js';

export type { IotMqttOptions } from './connect-mqtt-options.js';

/**
 * Connects to AWS IoT Core with mqtt.js (an optional peer), by a device certificate or by a WebSocket that a session's credentials sign.
 *
 * Resolves with the connected client of mqtt.js. The first attempt decides: when it fails the promise rejects, whatever mqtt.js would
 * do, and nothing stays open. Afterwards the client reconnects by itself until `end`, with growing waits. Each connection is made
 * with what is valid then: certificate files that changed are read again, and credentials that are due are renewed first, never used
 * after they ended. When the broker refuses a signature, the credentials are renewed once, and the attempt goes on with new ones.
 * What goes wrong later is an `error` of the client, typed like the errors here, and a `progress` event tells each step.
 *
 * Messages of QoS 1 that were published while there was no connection are sent when it is back. With `cleanStart: false` the broker keeps those
 * for the device as well; messages that come before the caller could listen are held until the turn after the promise has resolved.
 *
 * What does all this is loaded at the first call, from `@bsm/iot/mqtt`, which has the same function without that.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, `ERR_BSM_PEER_MISSING`, `ERR_BSM_PEER_UNSUPPORTED`; `ERR_BSM_CREDENTIALS_REJECTED` for a
 * signature, `ERR_BSM_MQTT_REFUSED` when the broker says no or hangs up, `ERR_BSM_ENDPOINT_UNREACHABLE`, `ERR_BSM_ENDPOINT_UNTRUSTED`,
 * `ERR_BSM_CERTIFICATE_*`, `ERR_BSM_PRIVATE_KEY_INVALID`, `ERR_BSM_PKCS11_FAILED`; what `session.credentials()` throws; the reason of `signal`.
 *
 * @example
 * ```ts
 * const client = await connectMqtt({ endpoint: 'a1b2-ats.iot.eu-west-1.amazonaws.com', clientId: 'sensor-7', identity: session });
 * client.on('progress', (event) => log.info(event));
 * await client.publishAsync('sensors/7', '21.5', { qos: 1 });
 * ```
 */
export async function connectMqtt<Client extends MqttClient = MqttClient>(
  options: IotMqttOptions,
): Promise<Client & MqttProgressEvents> {
  const { connectMqtt: connect } = await loadMqttPart();
  return connect<Client>(options);
}

/** Loads what the main entry leaves to the part for MQTT. */
export function loadMqttPart(): Promise<typeof import('@bsm/iot/mqtt')> {
  return import('@bsm/iot/mqtt');
}
