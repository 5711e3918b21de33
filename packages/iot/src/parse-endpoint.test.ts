import { describe, expect, it } from 'vitest';
import { isCredentialEndpoint, isHostName, isMqttEndpoint, parseEndpoint } from './parse-endpoint.js';

describe('parseEndpoint', () => {
  it.each<[string, unknown]>([
    [
      'c1a2.credentials.iot.eu-west-1.amazonaws.com',
      ['c1a2.credentials.iot.eu-west-1.amazonaws.com', 443, 'eu-west-1'],
    ],
    [
      'c1.credentials.iot.cn-north-1.amazonaws.com.cn',
      ['c1.credentials.iot.cn-north-1.amazonaws.com.cn', 443, 'cn-north-1'],
    ],
    [
      'c1.credentials.iot.us-gov-west-1.amazonaws.com:8443',
      ['c1.credentials.iot.us-gov-west-1.amazonaws.com', 8443, 'us-gov-west-1'],
    ],
    [
      'data.credentials.iot-fips.us-gov-east-1.amazonaws.com',
      ['data.credentials.iot-fips.us-gov-east-1.amazonaws.com', 443, 'us-gov-east-1'],
    ],
    ['c1.credentials.iot.eu-west-1.example.com', ['c1.credentials.iot.eu-west-1.example.com', 443, undefined]],
    ['c1.iot.eu-west-1.aws.example.com', ['c1.iot.eu-west-1.aws.example.com', 443, undefined]],
    ['c1.iot.eu-west-1.cloud.example.com', ['c1.iot.eu-west-1.cloud.example.com', 443, undefined]],
    ['devices.example.com', ['devices.example.com', 443, undefined]],
    ['localhost:1', ['localhost', 1, undefined]],
    ['127.0.0.1:65535', ['127.0.0.1', 65_535, undefined]],
    ['::1', ['::1', 443, undefined]],
    ['[fd00::1]', ['fd00::1', 443, undefined]],
    ['[fd00::1]:8443', ['fd00::1', 8443, undefined]],
  ])('%s', (endpoint, expected) => {
    const parsed = parseEndpoint(endpoint);
    expect([parsed?.host, parsed?.port, parsed?.region]).toEqual(expected);
    expect(isCredentialEndpoint(endpoint, 'endpoint')).toBeUndefined();
  });

  it.each([
    'a b',
    'host:',
    'host:0',
    'host:65536',
    'host:x',
    'a..b',
    '-a',
    'a-',
    '[host]',
    '[::1',
    '::1]',
    'fe80::1%eth0',
    '[fe80::1%eth0]:443',
    'a\nb',
    ':443',
    '',
  ])('refuses %j', (endpoint) => {
    expect(parseEndpoint(endpoint)).toBeUndefined();
    expect(isCredentialEndpoint(endpoint, 'endpoint')).toMatch(
      /^a host\[:port\], not an URL, as printed by aws iot describe-endpoint/,
    );
  });
});

describe('isCredentialEndpoint', () => {
  it.each([
    'https://c1.credentials.iot.eu-west-1.amazonaws.com',
    'c1.credentials.iot.eu-west-1.amazonaws.com/role-aliases',
    'evil.example.com/.credentials.iot.x',
    'user:secret@c1.credentials.iot.eu-west-1.amazonaws.com',
    'host?x',
    'host#x',
  ])('refuses the URL %s', (endpoint) => {
    expect(isCredentialEndpoint(endpoint, 'endpoint')).toMatch(/not an URL/);
  });

  it.each([
    'a1b2-ats.iot.eu-west-1.amazonaws.com',
    'a1b2-ats.iot.eu-west-1.amazonaws.com:443',
    'a1b2.ats.iot.cn-north-1.amazonaws.com.cn',
    'a1b2.iot.eu-west-1.amazonaws.com',
    'A1B2-ATS.IOT.EU-WEST-1.AMAZONAWS.COM',
  ])('says of the data endpoint %s where the right one is found', (endpoint) => {
    expect(isCredentialEndpoint(endpoint, 'endpoint')).toMatch(
      /data endpoint.*aws iot describe-endpoint --endpoint-type iot:CredentialProvider/,
    );
  });
});

// Each with a region, its domain, and its domain for IPv4 and IPv6.
describe.each([
  ['aws', 'eu-west-1', 'amazonaws.com', 'api.aws'],
  ['aws-cn', 'cn-northwest-1', 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'amazonaws.com', 'api.aws'],
  ['aws-eusc', 'eusc-de-east-1', 'amazonaws.eu', 'api.amazonwebservices.eu'],
  ['aws-iso', 'us-iso-east-1', 'c2s.ic.gov', 'api.aws.ic.gov'],
  ['aws-iso-b', 'us-isob-east-1', 'sc2s.sgov.gov', 'api.aws.scloud'],
  ['aws-iso-e', 'eu-isoe-west-1', 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  ['aws-iso-f', 'us-isof-south-1', 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
])('the endpoints of the partition %s', (_, region, ...domains) => {
  const hosts = (names: readonly string[]) =>
    names.flatMap((name) => domains.flatMap((domain) => `${name}.${region}.${domain}`));

  it.each(hosts(['c1.credentials.iot', 'data.credentials.iot-fips', 'vpce-1-a.credentials.iot']))(
    'credentials: %s',
    (host) => {
      expect(parseEndpoint(host)?.region).toBe(region);
      expect(isCredentialEndpoint(host, 'endpoint')).toBeUndefined();
      expect(isMqttEndpoint(host, 'endpoint')).toMatch(/not the credential endpoint.*iot:Data-ATS$/);
    },
  );

  it.each(hosts(['a1b2-ats.iot', 'a1b2.ats.iot', 'data.iot-fips', 'vpce-1-a.data.iot']))('data: %s', (host) => {
    expect(parseEndpoint(host)?.region).toBe(region);
    expect(isMqttEndpoint(host, 'endpoint')).toBeUndefined();
    expect(isCredentialEndpoint(host, 'endpoint')).toMatch(/not the data endpoint.*iot:CredentialProvider$/);
  });

  it.each(hosts(['iot', 'iot-fips']))('the control plane, which is neither: %s', (host) => {
    expect(isMqttEndpoint(host, 'endpoint')).toMatch(/not the control plane endpoint.*iot:Data-ATS$/);
    expect(isCredentialEndpoint(host, 'endpoint')).toMatch(/not the control plane endpoint/);
  });

  it(`an interface endpoint of a VPC: ${domains[0]}`, () => {
    const host = `vpce-1-a.data.iot.${region}.vpce.${domains[0]}`;
    expect(parseEndpoint(host)?.region).toBe(region);
    expect(isCredentialEndpoint(host, 'endpoint')).toMatch(/not the data endpoint/);
  });
});

describe('a custom domain may be that of either endpoint', () => {
  it.each(['iot.example.com', 'credentials.iot.example.com', 'c1.credentials.iot.eu-west-1.example.com'])(
    '%s',
    (host) => {
      expect([isCredentialEndpoint(host, 'endpoint'), isMqttEndpoint(host, 'endpoint')]).toEqual([
        undefined,
        undefined,
      ]);
    },
  );
});

describe('isHostName', () => {
  it.each(['a.example', 'A-1.example.com', 'localhost', 'a_b.example'])('accepts %s', (name) => {
    expect(isHostName(name, 'servername')).toBeUndefined();
  });

  it.each([
    '',
    '.',
    '..',
    'a..b',
    '.a',
    '-a',
    'a-',
    'a b',
    'a:443',
    '127.0.0.1',
    '::1',
    '[::1]',
    'a'.repeat(254),
    1,
    ['a'],
  ])('refuses %j', (name) => {
    expect(isHostName(name, 'servername')).toBe('the name of a host');
  });
});
