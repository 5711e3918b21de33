import { createInterface } from 'node:readline';
import { startDeviceEndpoint } from './device-endpoint.js';

// A credential endpoint in a process of its own, so that its work is nobody's. The first line of its input asks for the device,
// each other one for the counts; it ends with its input.
await using endpoint = await startDeviceEndpoint();
let answer: () => Promise<unknown> = async () => endpoint.device;
for await (const _ of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer())}\n`);
  answer = () => endpoint.counts();
}
