import { isIP } from 'node:net';
import { definedFields } from '@bsm/core-cache';
import type { IotOptions } from './iot-options.js';
import { type Endpoint, parseEndpoint } from './parse-endpoint.js';

/** The one request of a device, in terms of HTTP and TLS. */
export interface CredentialRequest extends Endpoint {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked for by SNI, and looked for in the endpoint's certificate; an address has none. */
  readonly servername: string;
  readonly ALPNProtocols: string[] | undefined;
  readonly timeoutMs: number;
}

/** Writes the request that options ask for; they were checked before. */
export function credentialRequest(options: IotOptions): CredentialRequest {
  const { roleAlias, thingName, durationSeconds, alpnProtocols, timeoutMs = 10_000 } = options;
  const endpoint = parseEndpoint(options.endpoint) as Endpoint;
  return {
    ...endpoint,
    path: `/role-aliases/${encodeURIComponent(roleAlias)}/credentials`,
    headers: definedFields<Record<string, string>>({
      host: options.servername,
      'x-amzn-iot-thingname': thingName,
      'x-amzn-iot-credential-duration-seconds': durationSeconds?.toString(),
    }),
    servername: options.servername ?? (isIP(endpoint.host) ? '' : endpoint.host),
    ALPNProtocols: alpnProtocols?.slice(),
    timeoutMs,
  };
}
