import { describe, expect, it } from 'vitest';
import { isCredentialEndpoint, parseEndpoint } from './parse-endpoint.js';

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
    [
      'c1.credentials.iot.eu-isoe-west-1.cloud.adc-e.uk',
      ['c1.credentials.iot.eu-isoe-west-1.cloud.adc-e.uk', 443, undefined],
    ],
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
    'a\nb',
    ':443',
    '',
  ])('refuses %j', (endpoint) => {
    expect(parseEndpoint(endpoint)).toBeUndefined();
    expect(isCredentialEndpoint(endpoint, 'endpoint')).toMatch(
      /^a host\[:port\] as printed by aws iot describe-endpoint/,
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
    expect(isCredentialEndpoint(endpoint, 'endpoint')).toMatch(/without a scheme, a path and userinfo$/);
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
