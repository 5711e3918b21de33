import { isIPv6 } from 'node:net';
import { isInteger, type OptionCheck, optionInvalid } from '@bsm/core-cache';
import { parseEndpoint } from './parse-endpoint.js';

/** Where devices exchange messages, taken apart. */
export interface MqttEndpoint {
  /** In lower case, as clients send it in `Host`; an IPv6 address without brackets. */
  readonly host: string;
  /** As the endpoint or the option `port` says. */
  readonly port: number | undefined;
  /** Of AWS's own names only: a custom domain says nothing about its region. */
  readonly region: string | undefined;
}

/** Accepts a data endpoint, `host` or `host:port`, and names what people confuse it with. */
export const isMqttEndpoint: OptionCheck = (value) => {
  if (typeof value !== 'string' || value === '') return EXPECTED;
  if (/[/@?#]/.test(value)) return `${EXPECTED}, without a scheme, a path and userinfo`;
  const host = parseEndpoint(value)?.host;
  if (host === undefined) return EXPECTED;
  return CREDENTIAL_NAME.test(host) ? `the data endpoint; this is the credential endpoint. ${ASK_AWS}` : undefined;
};

/** Accepts the number of a TCP port. */
export const isPort: OptionCheck = /* @__PURE__ */ isInteger(1, 65_535);

/**
 * Takes a checked endpoint apart. `port` is the option of that name.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` when both name a port and they differ.
 */
export function parseMqttEndpoint(subject: string, endpoint: string, port: number | undefined): MqttEndpoint {
  const parsed = parseEndpoint(endpoint);
  if (parsed === undefined) throw optionInvalid(subject, 'endpoint', EXPECTED);
  const own = /:\d+$/.test(endpoint) && !isIPv6(endpoint) ? parsed.port : undefined;
  if (own !== undefined && port !== undefined && own !== port) {
    throw optionInvalid(subject, 'port', 'absent, or the one in the endpoint');
  }
  const host = parsed.host.toLowerCase();
  return { host, port: port ?? own, region: AWS_NAME.exec(host)?.[1] };
}

/** Writes host and port as they stand in an URL of HTTPS and in `Host`. */
export function formatAuthority(host: string, port: number): string {
  const bracketed = isIPv6(host) ? `[${host}]` : host;
  return port === 443 ? bracketed : `${bracketed}:${port}`;
}

const EXPECTED = 'a host such as "c1a2b3-ats.iot.eu-west-1.amazonaws.com", with a port if need be';

const ASK_AWS = 'Ask for it: aws iot describe-endpoint --endpoint-type iot:Data-ATS';

const CREDENTIAL_NAME = /(^|\.)credentials\.iot(-fips)?\./i;

// `abc-ats.iot.REGION`, in China `abc.ats.iot.REGION`, `data.iot-fips.REGION`, and interface endpoints of a VPC.
const AWS_NAME = /\.iot(?:-fips)?\.([a-z\d-]+)\.(?:vpce\.)?(?:amazonaws\.|api\.aws)/;
