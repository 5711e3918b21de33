import type { OptionCheck } from '@bsm/core-cache';

/**
 * What is offered by ALPN: true is `x-amzn-mqtt-ca`, by which AWS tells MQTT with a certificate from HTTPS on port 443; a text is another name,
 * such as that of a custom authorizer. Default: true on port 443, else false.
 */
export type AlpnOption = boolean | string;

/** Accepts true, false, and a name as TLS can carry it. */
export const isAlpn: OptionCheck = (value) =>
  typeof value === 'boolean' || (typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value))
    ? undefined
    : 'a boolean or the name of a protocol';

/** The list for the handshake; undefined when nothing is offered. */
export function alpnProtocolsOf(alpn: AlpnOption | undefined, port: number): string[] | undefined {
  const offered = alpn ?? port === 443;
  if (offered === false) return undefined;
  return [offered === true ? 'x-amzn-mqtt-ca' : offered];
}
