import { connectMqtt, type IotMqttOptions } from '@bsm/iot';

/** Publishes what a sensor reads, over whatever happens to the connection meanwhile. */
export async function publishReadings(
  identity: IotMqttOptions['identity'],
  readings: AsyncIterable<number>,
  options: Partial<IotMqttOptions> = {},
): Promise<void> {
  const client = await connectMqtt({
    endpoint: 'a1b2c3-ats.iot.eu-west-1.amazonaws.com',
    clientId: 'sensor-7',
    identity, // the options of a certificate, or any session
    ...options,
  });
  client.on('progress', (event) => {
    if (event.type === 'failed') console.error(`attempt ${event.attempt}: ${event.error.message}`);
  });
  for await (const reading of readings) {
    await client.publishAsync('sensors/7', String(reading), { qos: 1 });
  }
  await client.endAsync();
}
