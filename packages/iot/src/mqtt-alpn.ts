import type { OptionCheck } from '@bsm/core-cache';
import { type EndpointOptions, parseMqttEndpoint } from './mqtt-endpoint.js';
import { accept, areProtocols } from './option-checks.js';

/**
 * What is offered by ALPN: true is `x-amzn-mqtt-ca`, by which AWS tells MQTT with a certificate from HTTPS on port 443; a text is another name,
 * such as that of a custom authorizer. Default: true on port 443, else false.
 */
export type AlpnOption = boolean | string;

/** Accepts true, false, and a name as TLS can carry it. */
export const isAlpn: OptionCheck = /* @__PURE__ */ accept(
  (value) => typeof value === 'boolean' || areProtocols([value]),
  'a boolean or a protocol',
);

/** Where MQTT over TLS goes, and the list for the handshake; undefined when nothing is offered. */
export interface TlsEndpoint {
  readonly host: string;
  readonly port: number;
  readonly ALPNProtocols: string[] | undefined;
}

/**
 * Takes a checked endpoint apart that is reached by mutual TLS.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` when both options name a port and they differ.
 */
export function tlsEndpointOf(
  subject: string,
  options: EndpointOptions & { readonly alpn?: AlpnOption | undefined },
): TlsEndpoint {
  const { alpn } = options;
  const { host, port } = parseMqttEndpoint(subject, options, alpn ? 443 : 8883);
  const offered = alpn ?? port === 443;
  const name = offered === true ? 'x-amzn-mqtt-ca' : offered;
  return { host, port, ALPNProtocols: name ? [name] : undefined };
}
