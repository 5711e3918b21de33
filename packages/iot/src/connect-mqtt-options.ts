import type { Agent } from 'node:http';
import {
  assertOption,
  checkRefreshOptions,
  isAbortSignal,
  isDuration,
  isFunction,
  isObject,
  isOneOf,
  isRegion,
  isRegionName,
  optionInvalid,
  type SessionLike,
} from '@bsm/core-cache';
import { checkIotOptions, type IotOptions, isAgent, isMaterial, type Material } from './iot-options.js';
import { type AlpnOption, isAlpn } from './mqtt-alpn.js';
import type { MqttProgress } from './mqtt-progress.js';
import { checkSettings, type MqttSettings } from './mqtt-settings.js';
import { accept } from './option-checks.js';
import { isHostName } from './parse-endpoint.js';

/** Options of `connectMqtt`. */
export interface IotMqttOptions extends MqttSettings {
  /** Who connects: a device by its certificate, or a session by its credentials. */
  readonly identity: IotOptions | SessionLike;
  /** `x509`: mutual TLS, only with a certificate, and then the default. `websocket`: signed with credentials. */
  readonly transport?: 'x509' | 'websocket' | undefined;
  /** Only for `x509`. */
  readonly alpn?: AlpnOption | undefined;
  /** That signs a WebSocket. Default: the one in the name of the endpoint, else that of the identity. */
  readonly region?: string | undefined;
  /** Authorities that may have signed the broker's certificate: path, PEM or bytes. Default: those of the certificate's options, else Node's. */
  readonly ca?: Material | undefined;
  /** Name that is asked for by SNI and that the broker's certificate must have. Default: the host of `endpoint`. */
  readonly servername?: string | undefined;
  /** Agent of a proxy package for a WebSocket, which stays yours to end. */
  readonly agent?: Agent | undefined;
  /** How long to wait before a connection is made again: it doubles from the first to the second, with a jitter. Default 1,000 to 120,000. */
  readonly reconnectMs?: readonly [min: number, max: number] | undefined;
  /** Called with each step from the first on; the same as the event `progress` of the client. What it throws is ignored. */
  readonly onProgress?: ((event: MqttProgress) => void) | undefined;
  /** Ends the waiting for the first connection. Afterwards it has no effect: end the client. */
  readonly signal?: AbortSignal | undefined;
  /** More options for mqtt.js, such as `will` or `outgoingStore`, passed on unchecked. Those that are decided here win. */
  readonly clientOptions?: Readonly<Record<string, unknown>> | undefined;
}

const SUBJECT = 'connectMqtt';

/**
 * Checks everything that can be checked without a connection.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 */
export function checkMqttOptions(options: IotMqttOptions): void {
  const checks = {
    identity: isObject,
    transport: isOneOf('x509', 'websocket'),
    alpn: isAlpn,
    region: isRegionName,
    ca: isMaterial,
    servername: isHostName,
    agent: isAgent,
    reconnectMs: accept(isRange, 'two times in milliseconds from 1 on, the smaller one first'),
    onProgress: isFunction,
    signal: isAbortSignal,
    clientOptions: isObject,
  };
  checkSettings<IotMqttOptions>(SUBJECT, options, checks, []);
  const { identity, agent, alpn, region } = options;
  if (identity === undefined)
    throw optionInvalid(SUBJECT, 'identity', 'given: a session, or the options of a device certificate');
  const transport = transportOf(options);
  if (!isSessionLike(identity)) checkDevice(`${SUBJECT}: identity`, identity);
  else if (transport === 'x509') {
    throw optionInvalid(SUBJECT, 'transport', "'websocket' for a session that has no certificate");
  }
  const misplaced = transport === 'x509' ? { agent, region } : { alpn };
  for (const [name, value] of Object.entries(misplaced)) {
    if (value !== undefined) throw optionInvalid(SUBJECT, name, `absent with transport '${transport}'`);
  }
}

/** With what the session would check that is made only where credentials are needed. */
function checkDevice(subject: string, device: IotOptions): void {
  checkIotOptions(subject, device);
  checkRefreshOptions(subject, device.refresh, 'refresh.');
  if (device.region !== undefined) assertOption(subject, 'region', device.region, isRegion);
}

/** A certificate connects by itself; credentials need a signature. */
export function transportOf({ transport, identity }: IotMqttOptions): 'x509' | 'websocket' {
  return transport ?? (isSessionLike(identity) ? 'websocket' : 'x509');
}

/** Tells a session, and what is like one, from the options of a device. */
export function isSessionLike(identity: IotOptions | SessionLike): identity is SessionLike {
  return 'credentials' in identity;
}

function isRange(value: unknown): boolean {
  const [min, max, ...rest] = Array.isArray(value) ? (value as unknown[]) : [];
  const fits = [min, max].every((ms) => isDuration(1)(ms, '') === undefined) && Number(min) <= Number(max);
  return fits && rest.length === 0;
}
