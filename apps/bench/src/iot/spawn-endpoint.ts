import { fileURLToPath } from 'node:url';
import type { Device, DeviceEndpoint, EndpointCounts } from './device-endpoint.js';
import { startLineProgram } from './line-program.js';

/** Starts an endpoint as a process of its own. */
export async function spawnEndpoint(): Promise<DeviceEndpoint> {
  const program = startLineProgram(process.execPath, [fileURLToPath(new URL('./iot/endpoint.js', import.meta.url))]);
  return {
    device: JSON.parse(await program.ask('device')) as Device,
    counts: async () => JSON.parse(await program.ask('counts')) as EndpointCounts,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}
