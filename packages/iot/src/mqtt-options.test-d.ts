import type { Session } from '@bsm/core-cache';
import type { IClientOptions, MqttClient as PeerClient } from 'mqtt';
import { describe, expectTypeOf, it } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import type { IotOptions } from './iot-options.js';
import type { MqttClient } from './mqtt-client.js';
import { mqttOptions } from './mqtt-options.js';
import type { MqttProgress } from './mqtt-progress.js';

declare const session: Session;
declare const device: IotOptions;

describe('the types of MQTT', () => {
  it('give mqtt.js what it takes', () => {
    const options = mqttOptions({ transport: 'x509', endpoint: 'e', clientId: 'c', tls: { cert: 'c', key: 'k' } });
    expectTypeOf(options).toExtend<IClientOptions>();
    expectTypeOf({ ...options, will: { topic: 't', payload: Buffer.alloc(0) } }).toExtend<IClientOptions>();
  });

  it('describe what mqtt.js has', () => {
    expectTypeOf<PeerClient>().toExtend<MqttClient>();
    expectTypeOf(connectMqtt<PeerClient>).returns.resolves.toExtend<PeerClient>();
  });

  it('tell the steps of connecting apart', async () => {
    const client = await connectMqtt({ endpoint: 'e', clientId: 'c', identity: session });
    client.on('progress', (event) => expectTypeOf(event).toEqualTypeOf<MqttProgress>());
    client.on('message', (topic, payload) => {
      expectTypeOf(topic).toBeString();
      expectTypeOf(payload).toEqualTypeOf<Buffer>();
    });
    expectTypeOf<typeof client.endAsync>().returns.toEqualTypeOf<Promise<void>>();
  });

  it('refuse what no transport takes', () => {
    const both = { endpoint: 'e', clientId: 'c' };
    void connectMqtt({ ...both, identity: device, transport: 'websocket' });
    // @ts-expect-error an identity is needed
    void connectMqtt(both);
    // @ts-expect-error keys that never change are not asked for at each connection
    mqttOptions({ ...both, transport: 'websocket', credentials: { accessKeyId: 'a', secretAccessKey: 's' } });
    // @ts-expect-error the broker is always verified
    mqttOptions({ ...both, transport: 'x509', tls: { cert: 'c', key: 'k', rejectUnauthorized: false } });
  });
});
