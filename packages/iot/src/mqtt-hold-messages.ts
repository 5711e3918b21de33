import type { MqttClient } from 'mqtt';

/**
 * Keeps messages back until the returned function is called, then delivers them in order.
 *
 * What a broker kept for a device follows its answer to CONNECT at once, which is before a caller that waits for a promise can listen;
 * mqtt.js would acknowledge it and nobody would see it.
 */
export function holdMessages(client: MqttClient): () => void {
  const held: unknown[][] = [];
  const emit = client.emit.bind(client) as (event: string, ...values: unknown[]) => boolean;
  const holding = (event: string, ...values: unknown[]): boolean =>
    event === 'message' ? held.push(values) > 0 : emit(event, ...values);
  client.emit = holding as MqttClient['emit'];
  return () => {
    // The one of the prototype is in place again.
    Reflect.deleteProperty(client, 'emit');
    for (const values of held) emit('message', ...values);
  };
}
