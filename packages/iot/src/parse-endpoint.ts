import { isIP, isIPv6 } from 'node:net';
import type { OptionCheck } from '@bsm/core-cache';
import { accept } from './option-checks.js';

/** Host and port of an endpoint, and the region when its name says it. */
export interface Endpoint {
  /** In lower case, as clients send it in `Host`; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Of AWS's own names only: a custom domain says nothing about its region. */
  readonly region: string | undefined;
}

/**
 * Takes `host`, `host:port`, an IPv6 address and `[IPv6 address]:port` apart; undefined for anything else. `usualPort` is that of an
 * endpoint that names none.
 */
export function parseEndpoint(text: string, usualPort: number = 443): Endpoint | undefined {
  const endpoint = text.toLowerCase();
  const [, address, name = '', digits = usualPort] = PARTS.exec(isIPv6(endpoint) ? `[${endpoint}]` : endpoint) ?? [];
  const host = address ?? name;
  const port = Number(digits);
  const fits = isIPv6(host) || HOST.test(host);
  return fits && port > 0 && port < 65_536 ? { host, port, region: AWS_NAME.exec(host)?.[2] } : undefined;
}

/** Accepts the host of a credential endpoint, with a port if need be, and says what is wrong with other things. */
export const isCredentialEndpoint: OptionCheck = (value) => endpointMistake(value, 'credential', 'CredentialProvider');

/** Accepts the host of a data endpoint likewise. */
export const isMqttEndpoint: OptionCheck = (value) => endpointMistake(value, 'data', 'Data-ATS');

/** Accepts the name of a host, without a port. Addresses are not asked for by name. */
export const isHostName: OptionCheck = /* @__PURE__ */ accept(
  (value) => typeof value === 'string' && HOST.test(value) && isIP(value) === 0,
  'the name of a host',
);

/** Says what is wrong with an endpoint: people confuse those of AWS, whose names have little in common. */
function endpointMistake(value: unknown, wanted: 'credential' | 'data', type: string): string | undefined {
  const parsed = typeof value === 'string' ? parseEndpoint(value) : undefined;
  const command = `aws iot describe-endpoint --endpoint-type iot:${type}`;
  if (!parsed) return `a host[:port], not an URL, as printed by ${command}`;
  const [isOfAws, labels] = AWS_NAME.exec(parsed.host) ?? [];
  const kind = !labels ? 'control plane' : labels.endsWith('credentials.') ? 'credential' : 'data';
  // A custom domain may be either.
  if (!isOfAws || kind === wanted) return undefined;
  return `the ${wanted} endpoint, not the ${kind} endpoint, as printed by ${command}`;
}

// The zone of an IPv6 address, such as `%eth0`, has no place in an URL.
const PARTS = /^(?:\[(.*:[^%]*)\]|([^:]*))(?::(\d{1,5}))?$/;

const HOST = /^(?!.*\.\.)[a-z\d]([\w.-]{0,251}[a-z\d])?\.?$/i;

// `abc.credentials.iot.REGION`, `abc-ats.iot.REGION`, in China `abc.ats.iot.REGION`, `iot-fips.REGION`, and interface endpoints of a
// VPC, in the domains of all partitions. The control plane has nothing before `iot`.
const AWS_NAME = /^(.+\.)?iot(?:-fips)?\.([\w-]+)\.(?:.+\.)?(?:amazon\w+|api\.aws|(?:ic|sgov)\.gov|adc-e\.uk)\b/;
