import type { IClientPublishOptions, MqttClient, Packet } from 'mqtt';

type Callback = (error?: Error, packet?: Packet) => void;

/**
 * Publishes again what mqtt.js drops: messages of QoS 1 that were given to it while it sent older ones again, when the connection is lost
 * once more before it is done. Of those it says "Connection closed", though it keeps all others until they are acknowledged.
 */
export function publishAgain(client: MqttClient): void {
  const publish = client.publish.bind(client) as (
    topic: string,
    message: string | Buffer,
    options: IClientPublishOptions | undefined,
    callback: Callback,
  ) => MqttClient;

  const publishing = (
    topic: string,
    message: string | Buffer,
    first?: IClientPublishOptions | Callback,
    second?: Callback,
  ): MqttClient => {
    const [options, callback] = typeof first === 'function' ? [undefined, first] : [first, second];
    const settle: Callback = (error, packet) => {
      if (isDropped(error) && (options?.qos ?? 0) > 0 && !client.disconnecting && !client.disconnected) {
        // Not now: mqtt.js walks through what it drops, and would find this one there again.
        process.nextTick(() => publish(topic, message, options, settle));
      } else if (callback) callback(error, packet);
      else if (error) client.emit('error', error);
    };
    return publish(topic, message, options, settle);
  };
  client.publish = publishing as MqttClient['publish'];
}

function isDropped(error: Error | undefined): boolean {
  return error?.message === 'Connection closed';
}
