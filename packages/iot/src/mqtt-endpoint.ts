import { isIPv6 } from 'node:net';
import { assertThat } from './option-checks.js';
import { type Endpoint, parseEndpoint } from './parse-endpoint.js';

/** Options that say where devices exchange messages. */
export interface EndpointOptions {
  readonly endpoint: string;
  readonly port?: number | undefined;
}

/** Where a signed request goes. */
export interface SignedEndpoint extends Endpoint {
  readonly region: string;
  /** Host and port as they stand in an URL and in `Host`. */
  readonly authority: string;
}

/**
 * Takes a checked endpoint apart. `usualPort` is that of options that name none.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` when both options name a port and they differ.
 */
export function parseMqttEndpoint(subject: string, options: EndpointOptions, usualPort: number): Endpoint {
  const endpoint = parseEndpoint(options.endpoint, options.port ?? usualPort) as Endpoint;
  const isOnePort = endpoint.port === (options.port ?? endpoint.port);
  assertThat(isOnePort, subject, 'port', 'absent, or the one in the endpoint');
  return endpoint;
}

/**
 * Takes an endpoint apart that requests are signed for, by default on port 443.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` likewise, and when neither options nor name say a region.
 */
export function parseSignedEndpoint(
  subject: string,
  options: EndpointOptions & { readonly region?: string | undefined },
): SignedEndpoint {
  const { host, port, ...named } = parseMqttEndpoint(subject, options, 443);
  const region = options.region ?? named.region;
  assertThat(region, subject, 'region', 'given, since the endpoint names none');
  const bracketed = isIPv6(host) ? `[${host}]` : host;
  return { host, port, region, authority: port === 443 ? bracketed : `${bracketed}:${port}` };
}
