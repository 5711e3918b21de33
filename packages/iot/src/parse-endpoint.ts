import { isIPv6 } from 'node:net';
import { type OptionCheck, optionInvalid } from '@bsm/core-cache';

/** Host and port of an endpoint, and the region when its name says it. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Of AWS's own names only: a custom domain says nothing about its region. */
  readonly region: string | undefined;
}

/** Takes `host`, `host:port`, an IPv6 address and `[IPv6 address]:port` apart; undefined for anything else. */
export function parseEndpoint(endpoint: string): Endpoint | undefined {
  if (isIPv6(endpoint)) return { host: endpoint, port: 443, region: undefined };
  const [, bracketed, name, digits = '443'] = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d{1,5}))?$/.exec(endpoint) ?? [];
  const host = bracketed ?? name ?? '';
  const port = Number(digits);
  const fits = bracketed === undefined ? HOST.test(host) && !host.includes('..') : isIPv6(host);
  return fits && port > 0 && port < 65_536
    ? { host, port, region: AWS_NAME.exec(host)?.[1]?.toLowerCase() }
    : undefined;
}

/** Accepts the host of a credential endpoint, with a port if need be, and says what is wrong with other things. */
export const isCredentialEndpoint: OptionCheck = (value, name) => {
  if (typeof value !== 'string' || value === '') return EXPECTED;
  if (/[/@?#]/.test(value)) return `${EXPECTED}, without a scheme, a path and userinfo`;
  const parsed = parseEndpoint(value);
  if (parsed === undefined) return EXPECTED;
  if (DATA_NAME.test(parsed.host)) {
    throw optionInvalid(
      'iot',
      name,
      `the credential endpoint; this is the data endpoint, which serves MQTT, and the names of the two have nothing in common. ${ASK_AWS}`,
    );
  }
  return undefined;
};

const ASK_AWS = 'Ask for it: aws iot describe-endpoint --endpoint-type iot:CredentialProvider';

const EXPECTED = 'a host such as "c1a2b3.credentials.iot.eu-west-1.amazonaws.com", with a port if need be';

const HOST = /^[a-z\d]([\w.-]{0,251}[a-z\d])?\.?$/i;

const AWS_NAME = /\.credentials\.iot(?:-fips)?\.([a-z\d-]+)\.(?:amazonaws\.|api\.aws)/i;

// `abc-ats.iot.REGION`, in China `abc.ats.iot.REGION`, and the old `abc.iot.REGION`.
const DATA_NAME = /^[\w-]+(?:[.-]ats)?\.iot\.[a-z\d-]+\.amazonaws\./i;
