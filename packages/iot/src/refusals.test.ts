import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { catchError } from './fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld, TRUST_IOT } from './fixtures/device-world.js';
import { fromIotCertificate, type IotCredentials } from './from-iot-certificate.js';

let world: DeviceWorld;
const made: IotCredentials[] = [];

beforeAll(async () => {
  world = await startDeviceWorld();
  world.endpoint.addRoleAlias({ roleAlias: 'long', role: world.role, durationSeconds: 7200 });
  const distrustful = world.aws.addRole({ accountId: '123456789012', roleName: 'distrustful' });
  world.endpoint.addRoleAlias({ roleAlias: 'distrustful', role: distrustful });
});
afterEach(() => {
  for (const credentials of made.splice(0)) credentials.close();
});
afterAll(() => world[Symbol.asyncDispose]());

type Fault = Parameters<DeviceWorld['aws']['fault']>[0];
type Options = Parameters<DeviceWorld['options']>;

/** Asks once, with options or a certificate that are changed, while something goes wrong. */
async function refusal([changes, certificate]: Options, fault?: Fault) {
  const options = world.options(changes, certificate);
  const stop = fault === undefined ? () => {} : world.aws.fault({ ...fault, service: 'iot' });
  const credentials = fromIotCertificate(options);
  made.push(credentials);
  const caught = await catchError(credentials()).finally(stop);
  return { ...caught, secrets: secretsOf(options as unknown as Record<string, unknown>) };
}

function secretsOf({ privateKey, passphrase }: Record<string, unknown>): string[] {
  const key = typeof privateKey === 'string' ? [privateKey.split('\n')[1] ?? privateKey] : [];
  return [...key, ...(typeof passphrase === 'string' ? [passphrase] : []), 'wJalr', 'sessionToken":"'];
}

const AGO = () => new Date(Date.now() - 1_000);

describe('each refusal is a typed error that says what to do', () => {
  it.each<[string, () => Options, Fault | undefined, string, boolean, RegExp]>([
    [
      'unknown certificate',
      () => [{}, { registered: false }],
      undefined,
      'CERTIFICATE_REJECTED',
      false,
      /HTTP 403: Certificate is invalid on this endpoint\. Register and activate/,
    ],
    [
      'inactive certificate',
      () => [{}, { active: false }],
      undefined,
      'CERTIFICATE_REJECTED',
      false,
      /Register and activate/,
    ],
    [
      'thing not attached',
      () => [{ thingName: 'sensor-8' }],
      undefined,
      'ACCESS_DENIED',
      false,
      /Attach the certificate to the thing/,
    ],
    [
      'missing policy',
      () => [{}, { roleAliases: [] }],
      undefined,
      'ACCESS_DENIED',
      false,
      /iot:AssumeRoleWithCertificate/,
    ],
    [
      'missing alias',
      () => [{ roleAlias: 'absent' }],
      undefined,
      'REQUEST_REJECTED',
      false,
      /Check options\.roleAlias/,
    ],
    [
      'role not assumable',
      () => [{ roleAlias: 'distrustful' }],
      undefined,
      'ACCESS_DENIED',
      false,
      /trust the service credentials\.iot\.amazonaws\.com/,
    ],
    ['too long', () => [{ roleAlias: 'long' }], undefined, 'REQUEST_REJECTED', false, /Shorten the duration/],
    [
      'expired certificate',
      () => [{}, { notAfter: AGO() }],
      undefined,
      'CERTIFICATE_REJECTED',
      false,
      /It ended on \d{4}-.*: replace it/,
    ],
    [
      'certificate of a wrong authority',
      () => [{}, { signedBy: 'stranger' }],
      undefined,
      'ENDPOINT_UNREACHABLE',
      true,
      /right after the handshake, .* signed by an authority that the endpoint knows/,
    ],
    [
      'endpoint of a wrong authority',
      () => [{ ca: undefined }],
      undefined,
      'ENDPOINT_UNTRUSTED',
      false,
      /Pass options\.ca/,
    ],
    [
      'another authority',
      () => [{ ca: world.certificate.certificate }],
      undefined,
      'ENDPOINT_UNTRUSTED',
      false,
      /Pass options\.ca/,
    ],
    [
      'wrong name',
      () => [{ servername: 'other.example' }],
      undefined,
      'ENDPOINT_UNTRUSTED',
      false,
      /options\.servername/,
    ],
    [
      '200 without credentials',
      () => [],
      { kind: 'malformed', body: '{"message":"Access Denied"}' },
      'ACCESS_DENIED',
      false,
      /HTTP 200: Access Denied/,
    ],
    [
      '200 with nothing',
      () => [],
      { kind: 'malformed', body: '{}' },
      'RESPONSE_INVALID',
      true,
      /without a whole set of credentials/,
    ],
    [
      '200 with null',
      () => [],
      { kind: 'malformed', body: 'null' },
      'RESPONSE_INVALID',
      true,
      /without a whole set of credentials/,
    ],
    ['200 with junk', () => [], { kind: 'malformed' }, 'RESPONSE_INVALID', true, /without a whole set of credentials/],
    [
      'half a set',
      () => [],
      { kind: 'missing', fields: ['sessionToken'] },
      'RESPONSE_INVALID',
      true,
      /without a whole set of credentials/,
    ],
    [
      'a set with a line break in it',
      () => [],
      {
        kind: 'malformed',
        body: JSON.stringify({
          credentials: {
            accessKeyId: 'ASIAIOSFODNN7EXAMPLE\r\nx-evil: 1',
            secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
            sessionToken: 'token',
            expiration: '2999-01-01T00:00:00Z',
          },
        }),
      },
      'RESPONSE_INVALID',
      true,
      /without a whole set of credentials/,
    ],
    [
      'no expiration',
      () => [],
      { kind: 'missing', fields: ['expiration'] },
      'RESPONSE_INVALID',
      true,
      /without a whole set of credentials/,
    ],
    ['HTML 502', () => [], { kind: 'html' }, 'SERVICE_FAILED', true, /HTTP 502/],
    ['HTML 200', () => [], { kind: 'html', status: 200 }, 'RESPONSE_INVALID', true, /credential endpoint/],
    ['HTML 404', () => [], { kind: 'html', status: 404 }, 'REQUEST_REJECTED', false, /Check options\.endpoint/],
    ['HTML 403', () => [], { kind: 'html', status: 403 }, 'ACCESS_DENIED', false, /iot:AssumeRoleWithCertificate/],
    ['truncated', () => [], { kind: 'truncated' }, 'RESPONSE_INVALID', true, /without a whole set of credentials/],
    [
      'broken in the answer',
      () => [],
      { kind: 'reset', when: 'body' },
      'RESPONSE_INVALID',
      true,
      /ended in the middle/,
    ],
    [
      'broken before the answer',
      () => [],
      { kind: 'reset' },
      'ENDPOINT_UNREACHABLE',
      true,
      /right after the handshake/,
    ],
    ['hang', () => [{ timeoutMs: 50 }], { kind: 'hang' }, 'ENDPOINT_UNREACHABLE', true, /did not answer within 50 ms/],
    [
      'trickle',
      () => [{ timeoutMs: 200 }],
      { kind: 'trickle', everyMs: 50 },
      'ENDPOINT_UNREACHABLE',
      true,
      /did not end its answer within 200 ms/,
    ],
    ['100 MB', () => [], { kind: 'flood' }, 'RESPONSE_INVALID', true, /longer than 65536 bytes/],
    [
      'redirect',
      () => [],
      { kind: 'redirect', location: 'https://127.0.0.1:1/' },
      'RESPONSE_INVALID',
      true,
      /Redirects are not followed/,
    ],
    [
      'junk expiration',
      () => [],
      { kind: 'expired-credentials', expiration: 'soon' },
      'CREDENTIALS_INVALID',
      true,
      /expiration/,
    ],
    ['past expiration', () => [], { kind: 'expired-credentials' }, 'CREDENTIALS_EXPIRED', true, /ended at/],
    [
      'throttled',
      () => [],
      { kind: 'error', status: 429, code: 'ThrottlingException', message: 'Rate exceeded' },
      'THROTTLED',
      true,
      /Try later/,
    ],
    ['500', () => [], { kind: '500' }, 'SERVICE_FAILED', true, /HTTP 500/],
    ['no server', () => [{ endpoint: '127.0.0.1:1' }], undefined, 'ENDPOINT_UNREACHABLE', true, /ECONNREFUSED/],
  ])('%s', async (_, options, fault, code, retryable, message) => {
    const { error, text, secrets } = await refusal(options(), fault);
    expect([error.code, error.retryable]).toEqual([`ERR_BSM_${code}`, retryable]);
    expect(error.message).toMatch(message);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

test('what AWS refuses is raised at once and not asked again for a moment, also while credentials are valid', async () => {
  const credentials = fromIotCertificate(world.options());
  made.push(credentials);
  await credentials();
  world.role.setTrust('123456789012');
  const { error } = await catchError(credentials.refresh());
  expect(error.code).toBe('ERR_BSM_ACCESS_DENIED');
  world.role.setTrustPolicy(TRUST_IOT);
  world.certificate.setActive(false);
  expect((await catchError(credentials.refresh())).error.details).toMatchObject({
    statusCode: 403,
    awsCode: 'AccessDeniedException',
    requestId: expect.any(String),
  });
  world.certificate.setActive(true);
});

test('what the endpoint says is quoted as far as it is words', async () => {
  const message = `Denied for ${'x'.repeat(300)} secretAccessKey=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`;
  const { error, text } = await refusal([], { kind: 'error', status: 403, code: 'AccessDenied', message });
  expect(error.message.length).toBeLessThan(500);
  expect(text).not.toContain('wJalrXUtnFEMI');
  const short = await refusal([], {
    kind: 'error',
    status: 400,
    message: 'key AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY of arn:aws:iam::123456789012:role/x',
  });
  expect(short.text).not.toMatch(/AKIAIOSFODNN7EXAMPLE|wJalrXUtnFEMI|123456789012/);
});
