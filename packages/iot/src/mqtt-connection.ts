import type { Duplex } from 'node:stream';
import { type BsmError, isBsmError } from '@bsm/core-cache';
import { maskAccessKeyId } from '@bsm/masking';
import type { IClientOptions, IConnackPacket, MqttClient } from 'mqtt';
import type { IotMqttOptions } from './connect-mqtt-options.js';
import type { MqttPeer } from './load-mqtt.js';
import { closedBeforeAnswer, mqttFailure, sendingFailure } from './mqtt-failure.js';
import { holdMessages } from './mqtt-hold-messages.js';
import { createLateStream } from './mqtt-late-stream.js';
import type { MqttLink } from './mqtt-link.js';
import type { MqttProgress } from './mqtt-progress.js';
import { publishAgain } from './mqtt-publish-again.js';
import { createReconnectDelays } from './mqtt-reconnect-delays.js';
import { toClientSettings } from './mqtt-settings.js';

/** A step before the time is put on it. */
type Untimed<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** Starts a client of mqtt.js on a link, and waits for its first connection. When that fails, nothing is left. */
export async function startMqttConnection(
  peer: MqttPeer,
  options: IotMqttOptions,
  makeLink: (onRejection: (accessKeyId: string) => void) => MqttLink,
): Promise<MqttClient> {
  const delays = createReconnectDelays(options.reconnectMs);
  let emitter: MqttClient | undefined;
  let attempt = 0;
  let failure: BsmError | undefined;

  const tell = (step: Untimed<MqttProgress>): void => {
    const event = { ...step, at: new Date() } as MqttProgress;
    quietly(() => options.onProgress?.(event));
    quietly(() => (emitter as { emit(name: string, event: MqttProgress): void } | undefined)?.emit('progress', event));
  };
  const link = makeLink((accessKeyId) =>
    tell({ type: 'credentials-rejected', attempt, accessKeyId: maskAccessKeyId(accessKeyId) }),
  );

  function buildStream(client: MqttClient): Duplex {
    emitter = client;
    attempt++;
    failure = undefined;
    client.options.reconnectPeriod = delays.begin();
    tell({ type: 'connecting', attempt });
    const stream = createLateStream(
      (signal) => link.open(signal, client),
      (error) => mqttFailure(error, client.connected),
    );
    // Which mqtt.js hides, also when it is its own.
    stream.once('error', (error) => {
      failure ??= sendingFailure(error, client.connected);
    });
    // Before mqtt.js hears of it and decides how long to wait.
    stream.once('close', () => {
      if (client.connected) client.options.reconnectPeriod = delays.lost();
    });
    return stream;
  }

  const decided = { ...toClientSettings(options), manualConnect: false };
  const settings = { ...options.clientOptions, ...decided } as IClientOptions;
  const client = peer.createClient(buildStream, settings);
  // Also keeps an error without a listener from ending the process.
  client.on('error', (error) => {
    failure ??= mqttFailure(error, client.connected);
    if (isBsmError(error, 'ERR_BSM_SESSION_CLOSED')) client.end(true);
  });
  client.on('connect', ({ sessionPresent }: IConnackPacket) => {
    client.options.reconnectPeriod = delays.connected();
    tell({ type: 'connected', attempt, sessionPresent });
    attempt = 0;
  });
  client.on('close', () => {
    const retryInMs = client.disconnecting || client.disconnected ? undefined : client.options.reconnectPeriod;
    if (attempt === 0) tell({ type: 'disconnected', error: failure, retryInMs });
    else tell({ type: 'failed', attempt, error: failure ?? closedBeforeAnswer(), retryInMs });
  });
  client.on('end', () => {
    link.close();
    tell({ type: 'ended' });
  });

  publishAgain(client);
  const release = holdMessages(client);
  try {
    await untilConnected(client, options.signal, () => failure ?? closedBeforeAnswer());
    return client;
  } catch (error) {
    await new Promise<void>((resolve) => client.end(true, () => resolve()));
    throw error;
  } finally {
    setImmediate(release);
  }
}

function untilConnected(client: MqttClient, signal: AbortSignal | undefined, why: () => BsmError): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const abort = (): void => reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    const stop = (settle: () => void) => (): void => {
      signal?.removeEventListener('abort', abort);
      client.off('connect', connected);
      client.off('close', closed);
      settle();
    };
    const connected = stop(resolve);
    const closed = stop(() => reject(why()));
    client.on('connect', connected);
    client.on('close', closed);
  });
}

/** A listener must not decide whether a device stays connected. */
function quietly(action: () => void): void {
  try {
    action();
  } catch {
    // See above.
  }
}
