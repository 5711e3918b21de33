import { isBsmError } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { EMPTY_HASH, type PresignedRules, refusalOf } from './fixtures/verify-presigned-url.js';
import { type PresignMqttUrlOptions, presignMqttUrl } from './presign-mqtt-url.js';

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const NOW = new Date('2026-01-02T03:04:05Z');
const OPTIONS: PresignMqttUrlOptions = {
  endpoint: 'device-ats.iot.eu-west-1.amazonaws.com',
  credentials: KEYS,
  now: NOW,
};

function rules(changes: Partial<PresignedRules> = {}): PresignedRules {
  return {
    service: 'iotdevicegateway',
    region: 'eu-west-1',
    payloadHash: EMPTY_HASH,
    tokenIsSigned: false,
    now: () => NOW.getTime(),
    findKey: (id) => (id === KEYS.accessKeyId ? KEYS : undefined),
    ...changes,
  };
}

function refusal(url: string, changes?: Partial<PresignedRules>): string | undefined {
  const { host, pathname, search } = new URL(url);
  return refusalOf(`${pathname}${search}`, host, rules(changes));
}

describe('the verifier of these tests', () => {
  it("accepts the example in AWS's description of presigned requests", () => {
    const target =
      '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    const s3 = rules({
      service: 's3',
      region: 'us-east-1',
      payloadHash: 'UNSIGNED-PAYLOAD',
      tokenIsSigned: true,
      now: () => Date.parse('2013-05-24T00:00:00Z'),
    });
    expect(refusalOf(target, 'examplebucket.s3.amazonaws.com', s3)).toBeUndefined();
    expect(refusalOf(target, 'other.s3.amazonaws.com', s3)).toBe('signature');
  });
});

describe('presignMqttUrl', () => {
  it.each([
    [
      'a name of AWS',
      {},
      'wss://device-ats.iot.eu-west-1.amazonaws.com/mqtt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Feu-west-1%2Fiotdevicegateway%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host&X-Amz-Signature=ad0a28785f6ffeafade6cf62c3cb6cbb6ee55683c05666748a4c67da963c1f03',
    ],
    [
      'China, a port, an expiry',
      { endpoint: 'device.ats.iot.cn-north-1.amazonaws.com.cn:8443', expiresSeconds: 60 },
      'wss://device.ats.iot.cn-north-1.amazonaws.com.cn:8443/mqtt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260102%2Fcn-north-1%2Fiotdevicegateway%2Faws4_request&X-Amz-Date=20260102T030405Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=5485a7902d3626bd6c87b97ee5ac9c1f858cdc65d6c22dd536a50d27f591fb14',
    ],
  ])('signs as botocore does: %s', (_, changes, recorded) => {
    // Recorded with SigV4QueryAuth of botocore 1.43.11, with the hash of an empty payload.
    expect(presignMqttUrl({ ...OPTIONS, ...changes })).toBe(recorded);
  });

  it('appends the token after signing', () => {
    const sessionToken = "a+/=~ token'(!)*";
    const url = presignMqttUrl({ ...OPTIONS, credentials: { ...KEYS, sessionToken } });
    expect(url.replace(/&X-Amz-Security-Token=.*/, '')).toBe(presignMqttUrl(OPTIONS));
    expect(url.split('=').at(-1)).toBe('a%2B%2F%3D~%20token%27%28%21%29%2A');
    expect(refusal(url, { findKey: () => ({ ...KEYS, sessionToken }) })).toBeUndefined();
    expect(refusal(url, { findKey: () => ({ ...KEYS, sessionToken: 'other' }) })).toBe('token');
  });

  it.each<[string, Partial<PresignMqttUrlOptions>, string]>([
    ['the region of a custom domain', { endpoint: 'mqtt.example.com', region: 'ap-south-1' }, 'ap-south-1'],
    ['a region that is not in the name', { region: 'us-east-1' }, 'us-east-1'],
    ['FIPS', { endpoint: 'data.iot-fips.us-gov-west-1.amazonaws.com' }, 'us-gov-west-1'],
    ['an interface endpoint', { endpoint: 'vpce-1-a.data.iot.eu-central-1.vpce.amazonaws.com' }, 'eu-central-1'],
    ['another port', { port: 8443 }, 'eu-west-1'],
    ['upper case, which clients lower in Host', { endpoint: 'Device-ATS.iot.eu-west-1.amazonaws.com' }, 'eu-west-1'],
    ['an IPv6 address', { endpoint: '[::1]:8443', region: 'eu-west-1' }, 'eu-west-1'],
    ['an IPv6 address and port', { endpoint: '::1', port: 8443, region: 'eu-west-1' }, 'eu-west-1'],
  ])('is accepted: %s', (_, changes, region) => {
    expect(refusal(presignMqttUrl({ ...OPTIONS, ...changes }), { region })).toBeUndefined();
  });

  it('lives as long as it is told, from now by default', () => {
    const url = presignMqttUrl({ endpoint: OPTIONS.endpoint, credentials: KEYS });
    expect(refusal(url, { now: () => Date.now() + 890_000 })).toBeUndefined();
    expect(refusal(url, { now: () => Date.now() + 902_000 })).toBe('time');
  });

  it.each<[string, string, unknown]>([
    ['no options', 'options', null],
    ['no endpoint', 'endpoint', { credentials: KEYS }],
    ['no credentials', 'credentials', { endpoint: OPTIONS.endpoint }],
    ['a scheme', 'endpoint', { ...OPTIONS, endpoint: `wss://${OPTIONS.endpoint}` }],
    ['a zone', 'endpoint', { ...OPTIONS, endpoint: 'fe80::1%eth0' }],
    ['a path', 'endpoint', { ...OPTIONS, endpoint: `${OPTIONS.endpoint}/mqtt` }],
    ['the credential endpoint', 'endpoint', { ...OPTIONS, endpoint: 'c1.credentials.iot.eu-west-1.amazonaws.com' }],
    ['its FIPS name', 'endpoint', { ...OPTIONS, endpoint: 'data.credentials.iot-fips.us-east-1.amazonaws.com' }],
    ['a port beyond', 'endpoint', { ...OPTIONS, endpoint: `${OPTIONS.endpoint}:70000` }],
    ['two ports', 'port', { ...OPTIONS, endpoint: `${OPTIONS.endpoint}:443`, port: 8443 }],
    ['no region', 'region', { ...OPTIONS, endpoint: 'mqtt.example.com' }],
    ['a region that is none', 'region', { ...OPTIONS, region: 'EU West' }],
    ['half a key', 'credentials', { ...OPTIONS, credentials: { accessKeyId: KEYS.accessKeyId } }],
    ['an empty token', 'credentials', { ...OPTIONS, credentials: { ...KEYS, sessionToken: '' } }],
    ['a provider', 'credentials', { ...OPTIONS, credentials: async () => KEYS }],
    ['no time to live', 'expiresSeconds', { ...OPTIONS, expiresSeconds: 0 }],
    ['too long a life', 'expiresSeconds', { ...OPTIONS, expiresSeconds: 604_801 }],
    ['no date', 'now', { ...OPTIONS, now: new Date('never') }],
    ['what does not exist', 'expires', { ...OPTIONS, expires: 60 }],
  ])('refuses %s', (_, option, options) => {
    let thrown: unknown;
    try {
      presignMqttUrl(options as PresignMqttUrlOptions);
    } catch (error) {
      thrown = error;
    }
    expect(isBsmError(thrown, 'ERR_BSM_OPTION_INVALID') && thrown.details).toEqual({ option });
    expect(String(thrown)).not.toContain(KEYS.secretAccessKey);
  });
});
