import { isBoolean, isDuration, isInteger, type OptionChecks } from '@bsm/core-cache';
import { accept, assertThat, checkRequired, isPort } from './option-checks.js';
import { isMqttEndpoint } from './parse-endpoint.js';

/** What every connection is made with, however it proves who it is. */
export interface MqttSettings {
  /**
   * Host of the data endpoint, with a port if need be, as `aws iot describe-endpoint --endpoint-type iot:Data-ATS` prints it. Never
   * rewritten.
   */
  readonly endpoint: string;
  /** 1 to 128 bytes. Of two connections with the same one, AWS closes the older. */
  readonly clientId: string;
  /** Default: that of the endpoint, else 8883 for `x509` without `alpn`, else 443. */
  readonly port?: number | undefined;
  /** 1 to 1,200; AWS takes less than 30 as 30. Default 60. */
  readonly keepAliveSeconds?: number | undefined;
  /** False keeps subscriptions and messages of QoS 1 for the device while it is away. Default true. */
  readonly cleanStart?: boolean | undefined;
  /** 4 is MQTT 3.1.1, as mqtt.js counts. Default 4. */
  readonly protocolVersion?: 4 | 5 | undefined;
  /** With MQTT 5, how long `cleanStart: false` keeps them. Default 3,600, which is what AWS does for MQTT 3.1.1. */
  readonly sessionExpirySeconds?: number | undefined;
  /** How long one attempt to connect may take. Default 30,000. */
  readonly timeoutMs?: number | undefined;
}

/** The settings by the names of mqtt.js. */
export interface MqttClientSettings {
  clientId: string;
  keepalive: number;
  clean: boolean;
  protocolVersion: 4 | 5;
  connectTimeout: number;
  /** A refusal of the broker, unlike that of mqtt.js, is no reason to stay away for ever. */
  reconnectOnConnackError: true;
  properties?: { sessionExpiryInterval: number };
}

/** Translates checked settings. */
export function toClientSettings(settings: MqttSettings): MqttClientSettings {
  const { protocolVersion = 4, cleanStart = true, sessionExpirySeconds: sessionExpiryInterval = 3_600 } = settings;
  return {
    clientId: settings.clientId,
    keepalive: settings.keepAliveSeconds ?? 60,
    clean: cleanStart,
    protocolVersion,
    connectTimeout: settings.timeoutMs ?? 30_000,
    reconnectOnConnackError: true,
    ...(protocolVersion === 5 && !cleanStart && { properties: { sessionExpiryInterval } }),
  };
}

/**
 * Checks settings, and the options that a function has beside them, some of which must be there.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 */
export function checkSettings<Options extends MqttSettings>(
  subject: string,
  options: Options,
  otherChecks: Omit<OptionChecks<Options>, keyof MqttSettings>,
  required: readonly (keyof Options & string)[],
): void {
  const checks = { ...settingChecks(), ...otherChecks } as OptionChecks<Options>;
  checkRequired(subject, options, checks, ['endpoint', 'clientId', ...required]);
  const isExpiryFit = options.sessionExpirySeconds === undefined || toClientSettings(options).properties;
  assertThat(isExpiryFit, subject, 'sessionExpirySeconds', 'absent without protocolVersion 5 and cleanStart false');
}

function settingChecks(): OptionChecks<MqttSettings> {
  return {
    endpoint: isMqttEndpoint,
    clientId: accept(isClientId, 'text of 1 to 128 bytes without control characters'),
    port: isPort,
    keepAliveSeconds: isInteger(1, 1_200),
    cleanStart: isBoolean,
    protocolVersion: isInteger(4, 5),
    sessionExpirySeconds: isInteger(1, 2 ** 32 - 1),
    timeoutMs: isDuration(1),
  };
}

/** Lone surrogates and control characters are no text of MQTT: a broker closes the connection without a word. */
function isClientId(value: unknown): unknown {
  return typeof value === 'string' && value && Buffer.byteLength(value) <= 128 && !/[\p{Cc}\p{Cs}]/u.test(value);
}
