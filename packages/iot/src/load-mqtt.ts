import type { Duplex } from 'node:stream';
import { BsmError } from '@bsm/core-cache';
import type { IClientOptions, MqttClient } from 'mqtt';

/** What is used of mqtt.js. */
export interface MqttPeer {
  createClient(buildStream: (client: MqttClient) => Duplex, options: IClientOptions): MqttClient;
  /** Opens a WebSocket for MQTT, as the client itself would. */
  openWebSocket(client: MqttClient, options: IClientOptions): Duplex;
}

/** The two modules, which a test replaces by what another project may have installed. */
export interface MqttModules {
  readonly mqtt: () => Promise<unknown>;
  readonly webSocket: () => Promise<unknown>;
}

const MODULES: MqttModules = {
  mqtt: () => import('mqtt'),
  webSocket: () => import('mqtt/lib/connect/ws'),
};

const INSTALL = 'npm install mqtt@5';

const DETAILS = { packageName: 'mqtt', install: INSTALL };

/**
 * Loads mqtt.js when it is first needed.
 *
 * @throws BsmError `ERR_BSM_PEER_MISSING` or `ERR_BSM_PEER_UNSUPPORTED`, with the command that installs the right one.
 */
export async function loadMqtt(modules: MqttModules = MODULES): Promise<MqttPeer> {
  const { MqttClient } = named<typeof import('mqtt')>(await load(modules.mqtt), 'MqttClient');
  // Older ones do not say their version.
  const version = String(MqttClient?.VERSION ?? 'before 5');
  if (!MqttClient || !/^5\.\d\d+\./.test(version)) throw unsupported(`is of version ${version}`);
  const { streamBuilder } = named<typeof import('mqtt/lib/connect/ws')>(await load(modules.webSocket), 'streamBuilder');
  if (!streamBuilder) throw unsupported('has no WebSocket');
  return {
    createClient: (buildStream, options) => new MqttClient(buildStream, options),
    openWebSocket: (client, options) => streamBuilder(client, options) as Duplex,
  };
}

async function load(module: () => Promise<unknown>): Promise<unknown> {
  try {
    return await module();
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw notLoaded(error);
    throw new BsmError('ERR_BSM_PEER_MISSING', `connectMqtt: mqtt.js is not installed. Run: ${INSTALL}`, {
      details: DETAILS,
    });
  }
}

/** CommonJS modules give their names directly or as the default, as the loader pleases. */
function named<Module>(module: unknown, name: keyof Module): Partial<Module> {
  const { default: inner } = module as { default?: Module };
  return name in (module as object) ? (module as Module) : (inner ?? {});
}

function unsupported(what: string): BsmError {
  const message = `connectMqtt: the installed mqtt.js ${what}; 5.10 or a later 5 is needed. Run: ${INSTALL}`;
  return new BsmError('ERR_BSM_PEER_UNSUPPORTED', message, { details: DETAILS });
}

/** It is there and fails, as CommonJS does in a bundle of ES modules, which has no \`require\` for it. */
function notLoaded(cause: unknown): BsmError {
  const message = `connectMqtt: mqtt.js cannot be loaded, see the cause. A bundle of ES modules has to leave it outside (external: mqtt); else repair it: ${INSTALL}`;
  return new BsmError('ERR_BSM_PEER_UNSUPPORTED', message, { cause, details: DETAILS });
}
