import type { Agent, ClientRequest } from 'node:http';
import type { SecureContext } from 'node:tls';
import {
  type AwsCredentialIdentity,
  definedFields,
  isFunction,
  isOneOf,
  isOptions,
  isRegionName,
  type OptionCheck,
  type SharedCredentials,
} from '@bsm/core-cache';
import { loadMqttPart } from './connect-mqtt.js';
import { isAgent } from './iot-options.js';
import { type AlpnOption, isAlpn, tlsEndpointOf } from './mqtt-alpn.js';
import { parseSignedEndpoint } from './mqtt-endpoint.js';
import { checkSettings, type MqttClientSettings, type MqttSettings, toClientSettings } from './mqtt-settings.js';
import { anything, assertThat } from './option-checks.js';
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
        wsOptions: Given<MqttTrust> & {
          agent?: Agent;
          session: undefined;
          /** Keeps the signed URL from a server that is not verified, which an agent may have connected to. */
          finishRequest: (request: ClientRequest) => void;
        };
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
  return options?.transport === 'websocket' ? websocketOptions(options) : certificateOptions(options);
}

function certificateOptions(options: MqttCertificateOptions): MqttClientOptions {
  const checks = {
    transport: isOneOf('x509', 'websocket'),
    tls: isTls({ cert: anything, key: anything, passphrase: anything, pfx: anything, secureContext: anything }),
    alpn: isAlpn,
  };
  checkSettings(SUBJECT, options, checks, ['transport']);
  const { tls } = options;
  const isIdentity = tls?.secureContext || tls?.pfx || (tls?.cert && tls.key);
  assertThat(isIdentity, SUBJECT, 'tls', 'given: cert and key, or pfx, or secureContext');
  const decided = { ...toClientSettings(options), ...tls, protocol: 'mqtts', ...tlsEndpointOf(SUBJECT, options) };
  return definedFields<MqttClientOptions>(decided as never);
}

function websocketOptions(options: MqttWebsocketOptions): MqttClientOptions {
  const checks = {
    transport: anything,
    credentials: isFunction,
    region: isRegionName,
    tls: isTls({}),
    agent: isAgent,
  };
  checkSettings(SUBJECT, options, checks, ['credentials']);
  const { credentials, tls, agent } = options;
  const { host, port, region, authority } = parseSignedEndpoint(SUBJECT, options);
  return {
    ...toClientSettings(options),
    protocol: 'wss',
    host,
    port,
    path: '/mqtt',
    wsOptions: {
      ...definedFields<Given<MqttTrust>>({ ...tls, agent, rejectUnauthorized: true } as never),
      // An agent may remember sessions with servers that nobody verified.
      session: undefined,
      finishRequest(request) {
        loadMqttPart().then(
          ({ sendWhenTrusted }) => sendWhenTrusted(request, tls?.servername ?? host),
          (error) => request.destroy(error),
        );
      },
    },
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

/** Takes what is in hand and has not ended. Asking lets the refresh engine start what is due, so that the next connection finds it. */
function inHand(source: MqttWebsocketOptions['credentials']): AwsCredentialIdentity {
  const asked = source();
  if (asked instanceof Promise) asked.catch(() => {});
  const keys = 'current' in source ? source.current : (asked as AwsCredentialIdentity | undefined);
  if (!keys || (keys.expiration && keys.expiration.getTime() <= Date.now())) throw new Error('None.');
  return keys;
}

/** Accepts an object with these members only: none of them can switch off that the broker is verified. */
function isTls(members: Readonly<Record<string, OptionCheck>>): OptionCheck {
  return isOptions(SUBJECT, { ca: anything, servername: anything, ...members });
}
