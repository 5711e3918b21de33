import { describe, expect, it, test } from 'vitest';
import { type HttpRequest, parseTarget } from '../protocol/http-request.js';
import {
  calculateSignature,
  equalInConstantTime,
  formatTimestamp,
  parseSignature,
  parseTimestamp,
  type SignatureV4,
  sha256,
} from './signature-v4.js';

interface Vector {
  readonly method?: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly credential: string;
  readonly signedHeaders: string;
  readonly secret: string;
  readonly payloadHash?: string;
  readonly signature: string;
}

const SUITE_SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const S3_SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const SUITE = {
  headers: { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' },
  credential: 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request',
  signedHeaders: 'host;x-amz-date',
  secret: SUITE_SECRET,
};
const EMPTY_HASH = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const S3 = {
  credential: 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request',
  signedHeaders: 'host;x-amz-content-sha256;x-amz-date',
  secret: S3_SECRET,
  payloadHash: EMPTY_HASH,
  headers: {
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': EMPTY_HASH,
    'x-amz-date': '20130524T000000Z',
  },
};

// From AWS: the Signature Version 4 test suite, the IAM example of the general reference and the examples of the S3 API reference.
const VECTORS: readonly (readonly [string, Vector])[] = [
  [
    'get-vanilla',
    { ...SUITE, target: '/', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  ],
  [
    'get-vanilla-query-order-key-case',
    {
      ...SUITE,
      target: '/?Param2=value2&Param1=value1',
      signature: 'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    },
  ],
  [
    'get-relative',
    { ...SUITE, target: '/example/..', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  ],
  [
    'get-slash',
    { ...SUITE, target: '//', signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31' },
  ],
  [
    'post-vanilla',
    {
      ...SUITE,
      method: 'POST',
      target: '/',
      signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    },
  ],
  [
    'post-x-www-form-urlencoded',
    {
      ...SUITE,
      method: 'POST',
      target: '/',
      headers: { ...SUITE.headers, 'content-type': 'application/x-www-form-urlencoded' },
      signedHeaders: 'content-type;host;x-amz-date',
      body: 'Param1=value1',
      signature: 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    },
  ],
  [
    'IAM ListUsers',
    {
      target: '/?Action=ListUsers&Version=2010-05-08',
      headers: {
        host: 'iam.amazonaws.com',
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-amz-date': '20150830T123600Z',
      },
      credential: 'AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request',
      signedHeaders: 'content-type;host;x-amz-date',
      secret: SUITE_SECRET,
      signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    },
  ],
  [
    'S3 GetObject with a range',
    {
      ...S3,
      target: '/test.txt',
      headers: { ...S3.headers, range: 'bytes=0-9' },
      signedHeaders: 'host;range;x-amz-content-sha256;x-amz-date',
      signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    },
  ],
  [
    'S3 GetBucketLifecycle',
    { ...S3, target: '/?lifecycle', signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543' },
  ],
  [
    'S3 ListObjects',
    {
      ...S3,
      target: '/?max-keys=2&prefix=J',
      signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    },
  ],
];

const requestOf = (vector: Pick<Vector, 'method' | 'target' | 'headers' | 'body'>): HttpRequest => ({
  method: vector.method ?? 'GET',
  ...parseTarget(vector.target),
  headers: new Map(Object.entries(vector.headers)),
  body: Buffer.from(vector.body ?? ''),
});

describe('signatures that AWS published', () => {
  it.each(VECTORS)('%s', (_, vector) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${vector.credential}, SignedHeaders=${vector.signedHeaders}, Signature=${vector.signature}`;
    const request = requestOf({ ...vector, headers: { ...vector.headers, authorization } });
    const parsed = parseSignature(request) as SignatureV4;
    expect(parsed.signature).toBe(vector.signature);
    const hash = vector.payloadHash ?? sha256(request.body);
    expect(calculateSignature(request, parsed, vector.secret, hash)).toBe(vector.signature);
  });

  test('S3 presigned GetObject', () => {
    const signature = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
    const target =
      '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
      '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
      `&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;
    const request = requestOf({ target, headers: { host: 'examplebucket.s3.amazonaws.com' } });
    const parsed = parseSignature(request) as SignatureV4;
    expect(parsed.presignedSeconds).toBe(86_400);
    expect(calculateSignature(request, parsed, S3_SECRET, 'UNSIGNED-PAYLOAD')).toBe(signature);
  });
});

describe('a signature that cannot be read names the part at fault', () => {
  const CREDENTIAL = 'Credential=AKIDEXAMPLE/20150830/us-east-1/sts/aws4_request';
  it.each([
    ['another scheme', 'Basic YTpi', 'AWS4-HMAC-SHA256'],
    ['no credential', 'AWS4-HMAC-SHA256 SignedHeaders=host, Signature=ab', 'Credential'],
    [
      'a short scope',
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830, SignedHeaders=host, Signature=ab',
      'Credential',
    ],
    ['no signed headers', `AWS4-HMAC-SHA256 ${CREDENTIAL}, Signature=ab`, 'SignedHeaders'],
    ['no signature', `AWS4-HMAC-SHA256 ${CREDENTIAL}, SignedHeaders=host`, 'Signature'],
  ])('%s', (_, authorization, part) => {
    const headers = { authorization, 'x-amz-date': '20150830T123600Z' };
    expect(parseSignature(requestOf({ target: '/', headers }))).toBe(part);
  });

  it.each([
    ['no date', {}],
    ['a junk date', { 'x-amz-date': 'yesterday' }],
  ])('%s', (_, headers) => {
    const authorization = `AWS4-HMAC-SHA256 ${CREDENTIAL}, SignedHeaders=host, Signature=ab`;
    expect(parseSignature(requestOf({ target: '/', headers: { ...headers, authorization } }))).toBe('X-Amz-Date');
  });

  test('a presigned request without a lifetime', () => {
    expect(parseSignature(requestOf({ target: '/?X-Amz-Algorithm=AWS4-HMAC-SHA256', headers: {} }))).toBe(
      'X-Amz-Expires',
    );
  });

  test('none at all', () => {
    expect(parseSignature(requestOf({ target: '/', headers: {} }))).toBeUndefined();
  });
});

test('the Date header stands in for x-amz-date', () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/sts/aws4_request, SignedHeaders=date, Signature=ab';
  const request = requestOf({ target: '/', headers: { authorization, date: 'Sun, 30 Aug 2015 12:36:00 GMT' } });
  expect((parseSignature(request) as SignatureV4).timestamp).toBe('20150830T123600Z');
});

test('timestamps go both ways', () => {
  expect(formatTimestamp(parseTimestamp('20150830T123600Z'))).toBe('20150830T123600Z');
  expect(parseTimestamp('2015-08-30T12:36:00Z')).toBeNaN();
});

it.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'abcd', false],
  ['', '', true],
])('%j and %j are equal: %s', (a, b, equal) => {
  expect(equalInConstantTime(a, b)).toBe(equal);
});
