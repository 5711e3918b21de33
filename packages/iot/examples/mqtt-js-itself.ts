import type { SharedCredentials } from '@bsm/core-cache';
import { type MqttWebsocketOptions, mqttOptions } from '@bsm/iot';
import mqtt from 'mqtt';

/** Connects with mqtt.js alone: the URL is signed with what the session has in hand at each connection. */
export async function connectMqttJs(
  credentials: SharedCredentials,
  options: Partial<MqttWebsocketOptions> = {},
): Promise<mqtt.MqttClient> {
  await credentials();
  return mqtt.connectAsync(
    mqttOptions({
      transport: 'websocket',
      endpoint: 'a1b2c3-ats.iot.eu-west-1.amazonaws.com',
      clientId: 'dashboard',
      credentials,
      ...options,
    }),
  );
}
