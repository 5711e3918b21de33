import type { Agent } from 'node:http';
import type { SecureContext } from 'node:tls';
import {
  type AwsCredentialIdentity,
  BsmError,
  checkOptions,
  definedFields,
  isFunction,
  isObject,
  isOneOf,
  isOptions,
  isRegionName,
  type OptionCheck,
  optionInvalid,
  type SharedCredentials,
  type Undefinable,
} from '@bsm/core-cache';
import { isAgent } from './iot-options.js';
import { type AlpnOption, alpnProtocolsOf, isAlpn } from './mqtt-alpn.js';
import { formatAuthority, parseMqttEndpoint } from './mqtt-endpoint.js';
import {
  assertSettings,
  type MqttClientSettings,
  type MqttSettings,
  settingChecks,
  toClientSettings,
} from './mqtt-settings.js';
import { presignMqttUrl } from './presign-mqtt-url.js';

/** Whom to trust, as Node takes it. */
export interface MqttTrust {
  readonly ca?: string | Buffer | string[] | Buffer[] | undefined;
  /** Default: the host of the endpoint. */
  readonly servername?: string | undefined;
}

/** A certificate with its key, as Node takes them: `cert` and `key`, or `pfx`, or a `secureContext`, whose key may be in a token. */
export interface MqttIdentity extends MqttTrust {
  readonly cert?: string | Buffer | undefined;
  readonly key?: string | Buffer | undefined;
  readonly pfx?: string | Buffer | undefined;
  /** Of `key` or `pfx`. */
  readonly passphrase?: string | undefined;
  readonly secureContext?: SecureContext | undefined;
}

/** Options of {@link mqttOptions} for a device certificate. */
export interface MqttCertificateOptions extends MqttSettings {
  readonly transport: 'x509';
  readonly tls: MqttIdentity;
  readonly alpn?: AlpnOption | undefined;
}

/** Options of {@link mqttOptions} for a WebSocket that credentials sign. */
export interface MqttWebsocketOptions extends MqttSettings {
  readonly transport: 'websocket';
  /**
   * Asked at each connection, without waiting: the credentials that a session has in hand, or what a function has. A refresh of
   * {@link SharedCredentials} that is due is started at that moment.
   */
  readonly credentials: SharedCredentials | (() => AwsCredentialIdentity | undefined);
  /** Default: the region in the name of the endpoint; required for a custom domain. */
  readonly region?: string | undefined;
  readonly tls?: MqttTrust | undefined;
  /** Agent of a proxy package, which stays yours to end. */
  readonly agent?: Agent | undefined;
}

/** The members that are there. */
type Given<Options> = { -readonly [Name in keyof Options]?: Exclude<Options[Name], undefined> };

/** What mqtt.js takes, as far as it is decided here: spread it and add what you like. */
export type MqttClientOptions = MqttClientSettings & { host: string; port: number } & (
    | (Given<MqttIdentity> & { protocol: 'mqtts'; ALPNProtocols?: string[] })
    | {
        protocol: 'wss';
        path: '/mqtt';
        wsOptions: Given<MqttTrust> & { agent?: Agent };
        transformWsUrl: () => string;
      }
  );

const SUBJECT = 'mqttOptions';

/**
 * Makes the options with which mqtt.js itself connects to AWS IoT Core, by a device certificate or by a signed WebSocket.
 *
 * Pure: makes no connection and reads no file. The URL of a WebSocket is signed afresh at every connection, with the credentials that are
 * in hand then. When there are none, or they have ended, the URL is left unsigned, since mqtt.js cannot wait and a throw in its timer
 * would end the process: AWS refuses the connection, and mqtt.js tries again. `connectMqtt` has no such moment: it waits for credentials.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 *
 * @example
 * ```ts
 * const options = mqttOptions({ transport: 'websocket', endpoint, clientId: 'sensor-7', credentials: session.credentials });
 * const client = await mqtt.connectAsync({ ...options, will });
 * ```
 */
export function mqttOptions(options: MqttCertificateOptions | MqttWebsocketOptions): MqttClientOptions {
  if (isObject(options, 'options') === undefined && options.transport === 'websocket') return websocketOptions(options);
  return certificateOptions(options as MqttCertificateOptions);
}

function certificateOptions(options: MqttCertificateOptions): MqttClientOptions {
  checkOptions<MqttCertificateOptions>(SUBJECT, options ?? null, {
    ...settingChecks(),
    transport: isOneOf('x509', 'websocket'),
    tls: isTls('ca', 'cert', 'key', 'passphrase', 'pfx', 'secureContext', 'servername'),
    alpn: isAlpn,
  });
  assertSettings(SUBJECT, options);
  const { transport, tls, alpn } = options;
  if (transport === undefined) throw optionInvalid(SUBJECT, 'transport', 'given');
  if (!(tls?.secureContext || tls?.pfx || (tls?.cert && tls.key))) {
    throw optionInvalid(SUBJECT, 'tls', 'given: cert and key, or pfx, or secureContext');
  }
  const { host, port = alpn ? 443 : 8883 } = parseMqttEndpoint(SUBJECT, options.endpoint, options.port);
  const protocols = alpnProtocolsOf(alpn, port);
  return {
    ...toClientSettings(options),
    ...given(tls),
    protocol: 'mqtts',
    host,
    port,
    ...(protocols && { ALPNProtocols: protocols }),
  };
}

function websocketOptions(options: MqttWebsocketOptions): MqttClientOptions {
  checkOptions<MqttWebsocketOptions>(SUBJECT, options, {
    ...settingChecks(),
    transport: isOneOf('x509', 'websocket'),
    credentials: isFunction,
    region: isRegionName,
    tls: isTls('ca', 'servername'),
    agent: isAgent,
  });
  assertSettings(SUBJECT, options);
  const { credentials, tls, agent } = options;
  if (credentials === undefined) throw optionInvalid(SUBJECT, 'credentials', 'given');
  const { host, port = 443, ...endpoint } = parseMqttEndpoint(SUBJECT, options.endpoint, options.port);
  const region = options.region ?? endpoint.region;
  if (region === undefined) throw optionInvalid(SUBJECT, 'region', 'given, since the endpoint does not name one');
  const authority = formatAuthority(host, port);
  return {
    ...toClientSettings(options),
    protocol: 'wss',
    host,
    port,
    path: '/mqtt',
    wsOptions: { ...given(tls ?? {}), ...(agent && { agent }) },
    transformWsUrl() {
      try {
        return presignMqttUrl({ endpoint: authority, port, region, credentials: inHand(credentials) });
      } catch {
        // None in hand, or none that could sign. A throw from here would be nobody's to catch.
        return `wss://${authority}/mqtt`;
      }
    },
  };
}

function inHand(source: MqttWebsocketOptions['credentials']): AwsCredentialIdentity {
  const keys = 'current' in source ? currentOf(source) : source();
  const endsAt = keys?.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
  if (!keys || endsAt <= Date.now()) throw new BsmError('ERR_BSM_CREDENTIALS_EXPIRED', 'No credentials are in hand.');
  return keys;
}

/** Takes what is in hand; asking lets the refresh engine start what is due, so that the next connection finds it. */
function currentOf(credentials: SharedCredentials): AwsCredentialIdentity | undefined {
  credentials().catch(() => {});
  return credentials.current;
}

/** Accepts an object with these members only: none of them can switch off that the broker is verified. */
function isTls(...names: readonly string[]): OptionCheck {
  return isOptions(SUBJECT, Object.fromEntries(names.map((name) => [name, () => undefined])));
}

function given<Options extends object>(options: Options): Given<Options> {
  return definedFields<Given<Options>>(options as Undefinable<Required<Given<Options>>>);
}
