// Publishes to itself, before and after another connection of the same name took its place. It is run as built, by several versions of Node.
import { text } from 'node:stream/consumers';
import { connectMqtt } from '../dist/index.js';

const options = JSON.parse(await text(process.stdin));
const client = await connectMqtt(options);
const got = [];
const both = new Promise((resolve) => {
  client.on('message', (_, payload) => got.push(String(payload)) === 2 && resolve());
});
await client.subscribeAsync('t', { qos: 1 });
await client.publishAsync('t', 'one', { qos: 1 });
const back = new Promise((resolve) => client.on('progress', ({ type }) => type === 'connected' && resolve()));
// The broker closes the older of two connections with one client id.
const rival = await connectMqtt({ ...options, reconnectMs: [60_000, 60_000] });
await back;
await client.publishAsync('t', 'two', { qos: 1 });
await both;
await Promise.all([client.endAsync(), rival.endAsync(true)]);
process.stdout.write(`${got.join(' ')}\n`);
