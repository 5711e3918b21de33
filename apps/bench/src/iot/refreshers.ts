import { fromIotCertificate, type IotOptions } from '@bsm/iot';
import type { PythonPeer } from '../cached-client.js';
import { type Device, ROLE_ALIAS } from './device-endpoint.js';
import { startLineProgram } from './line-program.js';

/** What refreshes took, of the process that did them. */
export interface RefreshCost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Who refreshes the credentials of a device, one refresh after another. */
export interface Refresher extends AsyncDisposable {
  refresh(times: number): Promise<RefreshCost>;
}

/** One set of credentials, whose connection is kept. */
export function keepConnection(device: Device): Refresher {
  const credentials = fromIotCertificate(optionsOf(device));
  return {
    refresh: (times) => measured(times, () => credentials.refresh()),
    [Symbol.asyncDispose]: async () => credentials.close(),
  };
}

/** New credentials for each refresh: the same requests with a TLS context and a connection of their own. */
export function startAfresh(device: Device): Refresher {
  return {
    refresh: (times) =>
      measured(times, async () => {
        using credentials = fromIotCertificate(optionsOf(device));
        await credentials();
      }),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** One session of boto3-refresh-session. */
export async function refreshInPython(device: Device, peer: PythonPeer): Promise<Refresher> {
  const python = startLineProgram(peer.program, [peer.script('iot_refresh.py')], { PYTHONPATH: peer.iot });
  await python.ask(JSON.stringify({ ...device, roleAlias: ROLE_ALIAS }));
  return {
    refresh: async (times) => JSON.parse(await python.ask(String(times))) as RefreshCost,
    [Symbol.asyncDispose]: () => python[Symbol.asyncDispose](),
  };
}

function optionsOf(device: Device): IotOptions {
  return { ...device, roleAlias: ROLE_ALIAS };
}

async function measured(times: number, refresh: () => Promise<unknown>): Promise<RefreshCost> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  for (let time = 0; time < times; time++) await refresh();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1_000 };
}
