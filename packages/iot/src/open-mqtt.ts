import { checkMqttOptions, type IotMqttOptions } from './connect-mqtt-options.js';
import { createMqttLink } from './create-mqtt-link.js';
import { loadMqtt } from './load-mqtt.js';
import type { MqttClient, MqttProgressEvents } from './mqtt-client.js';
import { startMqttConnection } from './mqtt-connection.js';

/**
 * Connects to AWS IoT Core with mqtt.js: the `connectMqtt` of `@bsm/iot`, without its loading of this part at the first call.
 *
 * @throws BsmError as that does.
 *
 * @example
 * ```ts
 * import { connectMqtt } from '@bsm/iot/mqtt';
 *
 * const client = await connectMqtt({ endpoint: 'a1b2-ats.iot.eu-west-1.amazonaws.com', clientId: 'sensor-7', identity: session });
 * ```
 */
export async function openMqtt<Client extends MqttClient = MqttClient>(
  options: IotMqttOptions,
): Promise<Client & MqttProgressEvents> {
  checkMqttOptions(options);
  options.signal?.throwIfAborted();
  const peer = await loadMqtt();
  options.signal?.throwIfAborted();
  const client = await startMqttConnection(peer, options, (onRejection) => createMqttLink(options, peer, onRejection));
  return client as unknown as Client & MqttProgressEvents;
}
