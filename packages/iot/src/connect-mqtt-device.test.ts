import { expect, it } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import { startDeviceWorld } from './fixtures/device-world.js';
import { startMqttBroker } from './fixtures/mqtt-broker.js';
import { byCertificate, byWebSocket, deviceOf } from './fixtures/mqtt-devices.js';
import { iotSession } from './iot-session.js';

it('a certificate gets credentials, which sign a WebSocket, and leaves nothing at the end', async () => {
  await using world = await startDeviceWorld();
  await using broker = await startMqttBroker();
  // What the endpoint issues is known to nobody else.
  broker.upgradeStatus = 101;
  const { identity: _, ...options } = byCertificate(broker);
  const client = await connectMqtt({
    ...options,
    endpoint: broker.wssEndpoint,
    ca: broker.authority.ca,
    region: 'eu-west-1',
    transport: 'websocket',
    identity: world.options({ refresh: { eager: true } }),
  });
  await client.publishAsync('t', 'hello', { qos: 1 });
  expect(broker.received).toEqual(['hello']);
  expect(broker.log[0]).toMatch(/^101 ASIA/);
  expect(world.aws.count('AssumeRoleWithCertificate')).toBe(1);
  expect(world.aws.clock.pendingTimers).toBeGreaterThan(0);
  await client.endAsync();
  // The session that was made for the connection has ended with it.
  expect(world.aws.clock.pendingTimers).toBe(0);
});

it('a session of a certificate connects by the certificate, or by its credentials', async () => {
  await using world = await startDeviceWorld();
  await using broker = await startMqttBroker();
  const { identity: _, ...byTls } = byCertificate(broker);
  using device = iotSession(deviceOf(broker));
  const first = await device.mqtt(byTls);
  expect(broker.handshakes).toMatchObject([{ peer: 'device' }]);
  await first.endAsync();

  using session = iotSession(world.options({ region: 'eu-west-1' }));
  const keys = await session.credentials();
  broker.keys.set(keys.accessKeyId, keys);
  const { identity: __, ...byUrl } = byWebSocket(broker, session);
  const second = await session.mqtt({ ...byUrl, transport: 'websocket' });
  expect(broker.log.at(-2)).toBe(`101 ${keys.accessKeyId}`);
  await second.endAsync();
  expect(world.aws.count('AssumeRoleWithCertificate')).toBe(1);
});

it('a session of a certificate trusts with its own authorities by either way, unless others are given', async () => {
  await using world = await startDeviceWorld();
  await using broker = await startMqttBroker();
  broker.upgradeStatus = 101;
  const ca = `${world.endpoint.ca}${broker.authority.ca}`;
  using session = iotSession(world.options({ region: 'eu-west-1', ca }));
  const options = { endpoint: broker.wssEndpoint, clientId: 'sensor-7', transport: 'websocket' } as const;
  for (const changes of [{}, { ca: undefined }]) {
    const client = await session.mqtt({ ...options, ...changes });
    await client.endAsync();
  }
  await expect(session.mqtt({ ...options, ca: world.endpoint.ca })).rejects.toMatchObject({
    code: 'ERR_BSM_ENDPOINT_UNTRUSTED',
  });
});
