import type { MqttClient } from 'mqtt';

/**
 * Keeps messages back until the returned function is called, then delivers them in order.
 *
 * What a broker kept for a device follows its answer to CONNECT at once, which is before a caller that waits for a promise can listen;
 * mqtt.js would acknowledge it and nobody would see it.
 */
export function holdMessages(client: MqttClient): () => void {
  const held: unknown[][] = [];
  const emit = client.emit;
  client.emit = function holding(this: MqttClient, event: string, ...values: unknown[]): boolean {
    if (event === 'message') return held.push(values) > 0;
    return Reflect.apply(emit, this, [event, ...values]) as boolean;
  } as typeof emit;
  return () => {
    // The one of the prototype is in place again.
    Reflect.deleteProperty(client, 'emit');
    for (const values of held) Reflect.apply(emit, client, ['message', ...values]);
  };
}
