import { expect, it } from 'vitest';
import { connectMqttJs } from '../examples/mqtt-js-itself.js';
import { publishReadings } from '../examples/publish-readings.js';
import { startMqttBroker } from './fixtures/mqtt-broker.js';
import { byCertificate, deviceOf, startSignedWorld } from './fixtures/mqtt-devices.js';

async function* readings(): AsyncGenerator<number> {
  yield 21.5;
  yield 22;
}

it('readings are published by a certificate', async () => {
  await using broker = await startMqttBroker();
  await publishReadings(deviceOf(broker), readings(), byCertificate(broker));
  expect(broker.received).toEqual(['21.5', '22']);
});

it('mqtt.js connects by itself', async () => {
  await using broker = await startMqttBroker();
  using world = startSignedWorld(broker);
  const client = await connectMqttJs(world.session.credentials, {
    endpoint: broker.wssEndpoint,
    region: 'eu-west-1',
    tls: { ca: broker.authority.ca },
  });
  expect(client.connected).toBe(true);
  await client.endAsync();
});
