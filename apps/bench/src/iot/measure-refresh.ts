import type { PythonPeer } from '../cached-client.js';
import type { Measured } from '../measured.js';
import type { Device, DeviceEndpoint, EndpointCounts } from './device-endpoint.js';
import { keepConnection, type RefreshCost, type Refresher, refreshInPython, startAfresh } from './refreshers.js';

/** What the refreshes of a device took each contender. */
export interface RefreshMeasured {
  readonly wallUs: Measured[];
  readonly cpuUs: Measured[];
  /** TLS handshakes of all refreshes, those of the warm-up too. */
  readonly handshakes: Measured[];
  readonly requests: Measured[];
}

export interface RefreshOptions {
  readonly startEndpoint: () => Promise<DeviceEndpoint>;
  /** With awscrt, or not compared. */
  readonly python?: PythonPeer | undefined;
  readonly rounds?: number | undefined;
  readonly timesPerRound?: number | undefined;
}

/**
 * Measures a refresh with a device certificate: medians of rounds, contenders in turns, each with an endpoint of its own.
 * A quarter of the rounds more warms up.
 */
export async function measureRefresh(options: RefreshOptions): Promise<RefreshMeasured> {
  const { startEndpoint, python, rounds = 10, timesPerRound = 10 } = options;
  const starts: [name: string, start: (device: Device) => Refresher | Promise<Refresher>][] = [
    ['a kept connection', keepConnection],
    ['a new connection each', startAfresh],
  ];
  if (python?.iot) starts.push(['boto3-refresh-session', (device) => refreshInPython(device, python)]);
  const contenders: Contender[] = [];
  try {
    for (const [name, start] of starts) contenders.push(await contender(name, await startEndpoint(), start));
    for (let round = -Math.ceil(rounds / 4); round < rounds; round++) {
      for (const { refresher, costs } of contenders) {
        const cost = await refresher.refresh(timesPerRound);
        if (round >= 0) costs.push(cost);
      }
    }
    return await resultOf(contenders, timesPerRound);
  } finally {
    for (const { refresher, endpoint } of contenders) {
      await refresher[Symbol.asyncDispose]();
      await endpoint[Symbol.asyncDispose]();
    }
  }
}

async function contender(
  name: string,
  endpoint: DeviceEndpoint,
  start: (device: Device) => Refresher | Promise<Refresher>,
): Promise<Contender> {
  const refresher = await start(endpoint.device);
  return { name, refresher, endpoint, before: await endpoint.counts(), costs: [] };
}

async function resultOf(contenders: readonly Contender[], timesPerRound: number): Promise<RefreshMeasured> {
  const result: RefreshMeasured = { wallUs: [], cpuUs: [], handshakes: [], requests: [] };
  for (const { name, endpoint, before, costs } of contenders) {
    const micros = (field: keyof RefreshCost): number =>
      (median(costs.map((cost) => cost[field])) * 1_000) / timesPerRound;
    const counts = await endpoint.counts();
    result.wallUs.push({ name, value: micros('wallMs') });
    result.cpuUs.push({ name, value: micros('cpuMs') });
    result.handshakes.push({ name, value: counts.handshakes - before.handshakes });
    result.requests.push({ name, value: counts.requests - before.requests });
  }
  return result;
}

interface Contender {
  readonly name: string;
  readonly refresher: Refresher;
  readonly endpoint: DeviceEndpoint;
  readonly before: EndpointCounts;
  readonly costs: RefreshCost[];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
