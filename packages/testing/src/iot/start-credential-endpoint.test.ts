import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { type RequestOptions as HttpsOptions, request } from 'node:https';
import { type ConnectionOptions, createSecureContext } from 'node:tls';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';
import type { FakeRole } from '../world/add-role.js';
import type { FakeDeviceCertificate, IssueCertificateOptions } from './device-registry.js';
import type { FakeCredentialEndpoint } from './start-credential-endpoint.js';

const ACCOUNT = '123456789012';
const TRUST = {
  Statement: { Effect: 'Allow', Principal: { Service: 'credentials.iot.amazonaws.com' }, Action: 'sts:AssumeRole' },
} as const;

let aws: FakeAws;
let endpoint: FakeCredentialEndpoint;
let role: FakeRole;
let device: FakeDeviceCertificate;

beforeAll(async () => {
  aws = await startFakeAws();
  endpoint = await aws.startCredentialEndpoint();
  role = aws.addRole({ accountId: ACCOUNT, roleName: 'telemetry', trustPolicy: TRUST });
  endpoint.addRoleAlias({ roleAlias: 'telemetry', role });
  endpoint.addRoleAlias({ roleAlias: 'long', role, durationSeconds: 7200 });
  endpoint.addRoleAlias({ roleAlias: 'gone', role: `arn:aws:iam::${ACCOUNT}:role/gone` });
  device = endpoint.issueCertificate({ things: ['sensor-7'] });
});
afterAll(() => aws.close());

type RequestOptions = HttpsOptions & Pick<ConnectionOptions, 'ALPNProtocols'>;

interface Reply {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

/** Asks as a device does that has nothing but Node. */
function ask(options: RequestOptions = {}, from: FakeCredentialEndpoint = endpoint): Promise<Reply> {
  const [host, port] = from.endpoint.split(':');
  const path = '/role-aliases/telemetry/credentials';
  const identity = { cert: device.certificate, key: device.privateKey, ca: from.ca };
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, agent: false, ...identity, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
        if (body.length > 1_000_000) response.destroy(new Error('too long'));
      });
      const type = [response.headers['x-amzn-errortype']].flat()[0];
      response.on('end', () => resolve({ status: response.statusCode, type, body })).on('error', reject);
    });
    sent.on('error', reject).end();
  });
}

const certified = (options: IssueCertificateOptions): RequestOptions => {
  const { certificate, privateKey } = endpoint.issueCertificate(options);
  return { cert: certificate, key: privateKey };
};
const alias = (name: string): RequestOptions => ({ path: `/role-aliases/${name}/credentials` });

test('gives credentials that work at STS, named after the certificate, until they end', async () => {
  const { credentials } = JSON.parse((await ask()).body);
  expect(Object.keys(credentials)).toEqual(['accessKeyId', 'secretAccessKey', 'sessionToken', 'expiration']);
  expect(Date.parse(credentials.expiration)).toBe(aws.clock.now() + 3_600_000);
  const { expiration: _, ...keys } = credentials;
  const client = sts({ credentials: keys, region: 'us-east-1', endpoint: aws.endpoint });
  const identity = await client.send(new GetCallerIdentityCommand({}));
  expect(identity.Arn).toBe(role.sessionArn(device.certificateId));
  expect(device.certificateId).toMatch(/^[0-9a-f]{64}$/);
  aws.clock.advance(3_600_000);
  await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
});

describe('refuses in the words of the real service', () => {
  it.each<[string, () => RequestOptions, number, string, string]>([
    ['unknown', () => certified({ registered: false }), 403, 'AccessDenied', 'Certificate is invalid on this endpoint'],
    ['inactive', () => certified({ active: false }), 403, 'AccessDenied', 'Certificate is invalid on this endpoint'],
    [
      'thing not attached',
      () => ({ headers: { 'x-amzn-iot-thingname': 'sensor-8' } }),
      403,
      'AccessDenied',
      'Invalid thing name passed',
    ],
    ['no policy', () => certified({ roleAliases: ['other'] }), 403, 'AccessDenied', 'Access Denied'],
    ['no alias', () => alias('absent'), 404, 'ResourceNotFound', 'Role alias does not exist'],
    [
      'no role',
      () => alias('gone'),
      400,
      'InvalidRequest',
      'Unable to assume the role, or the role to assume does not exist',
    ],
    [
      'too long',
      () => alias('long'),
      400,
      'InvalidRequest',
      'The requested CredentialDurationSeconds exceeds the MaxSessionDuration set for the role',
    ],
    ['another path', () => ({ path: '/' }), 404, 'ResourceNotFound', 'Not Found'],
    ['another method', () => ({ method: 'POST' }), 404, 'ResourceNotFound', 'Not Found'],
  ])('%s', async (_, options, status, type, message) => {
    const reply = await ask(options());
    expect(reply).toEqual({ status, type: `${type}Exception`, body: JSON.stringify({ message }) });
  });

  test('a role that does not trust it', async () => {
    role.setTrust(ACCOUNT);
    expect(await ask()).toMatchObject({ status: 400 });
    role.setTrustPolicy(TRUST);
    expect(await ask()).toMatchObject({ status: 200 });
  });
});

describe('refuses in the handshake', () => {
  it.each<[string, () => RequestOptions]>([
    ['a certificate of another authority', () => certified({ signedBy: 'stranger' })],
    ['one that has ended', () => certified({ notAfter: new Date(Date.now() - 1_000) })],
    ['one that has not begun', () => certified({ notBefore: new Date(Date.now() + 3_600_000) })],
    ['none', () => ({ cert: undefined, key: undefined }) as unknown as RequestOptions],
  ])('%s', async (_, options) => {
    await expect(ask(options())).rejects.toThrow(/hang up|ECONNRESET|alert|aborted/i);
  });
});

describe('takes', () => {
  it.each<[string, () => RequestOptions]>([
    ['RSA', () => certified({ keyType: 'rsa' })],
    ['a chain', () => certified({ signedBy: 'intermediate' })],
    ['an encrypted key', () => ({ ...certified({ passphrase: 'opensesame' }), passphrase: 'opensesame' })],
    [
      'PKCS#12',
      () => {
        const pfx = endpoint.issueCertificate({ signedBy: 'intermediate' }).pkcs12('sésame');
        return { cert: undefined, key: undefined, pfx, passphrase: 'sésame' } as unknown as RequestOptions;
      },
    ],
    ['an attached thing', () => ({ headers: { 'x-amzn-iot-thingname': 'sensor-7' } })],
    ['its name', () => ({ servername: endpoint.servername })],
    ['ALPN', () => ({ ALPNProtocols: ['x-amzn-http-ca'] })],
  ])('%s', async (_, options) => {
    expect(await ask(options())).toMatchObject({ status: 200 });
  });

  test('the key of a token, and a certificate that is registered later', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const issued = endpoint.issueCertificate({ publicKey, registered: false });
    const options = { cert: issued.certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }) };
    expect(issued.privateKey).toBe('');
    expect(() => issued.pkcs12('x')).toThrow('publicKey');
    expect(await ask(options)).toMatchObject({ status: 403 });
    endpoint.registerCertificate(issued.certificate);
    expect(await ask(options)).toMatchObject({ status: 200 });
  });

  test('a shorter lifetime by the header', async () => {
    const { body } = await ask({ headers: { 'x-amzn-iot-credential-duration-seconds': '900' } });
    expect(Date.parse(JSON.parse(body).credentials.expiration)).toBe(aws.clock.now() + 900_000);
  });

  test('changes of a registered certificate at once', async () => {
    const thing = { headers: { 'x-amzn-iot-thingname': 'sensor-9' } };
    device.attachThing('sensor-9');
    expect(await ask(thing)).toMatchObject({ status: 200 });
    device.detachThing('sensor-9');
    expect(await ask(thing)).toMatchObject({ status: 403 });
    device.allowRoleAliases([]);
    expect(await ask()).toMatchObject({ status: 403 });
    device.allowRoleAliases(undefined);
    device.setActive(false);
    expect(await ask()).toMatchObject({ status: 403 });
    device.setActive(true);
    endpoint.removeRoleAlias('gone');
    expect(await ask(alias('gone'))).toMatchObject({ status: 404 });
  });
});

test('is recorded among all requests', async () => {
  await ask({ headers: { 'x-amzn-iot-thingname': 'sensor-7' } });
  expect(aws.requests.at(-1)).toMatchObject({
    operation: 'AssumeRoleWithCertificate',
    service: 'iot',
    region: 'us-east-1',
    params: { roleAlias: 'telemetry', 'x-amzn-iot-thingname': 'sensor-7', certificateId: device.certificateId },
    status: 200,
  });
});

describe('faults', () => {
  it.each<[Parameters<FakeAws['fault']>[0], unknown]>([
    [{ kind: 'html' }, { status: 502, body: expect.stringContaining('<html>') }],
    [{ kind: 'redirect', location: 'https://example.com/' }, { status: 302 }],
    [
      { kind: 'malformed', body: '{' },
      { status: 200, body: '{' },
    ],
    [{ kind: 'missing', fields: ['sessionToken'] }, { body: expect.not.stringContaining('sessionToken') }],
    [{ kind: 'truncated' }, { status: 200, body: expect.stringMatching(/"sessionToken":"[^"]{40}$/) }],
    [{ kind: 'expired-credentials', expiration: 'soon' }, { body: expect.stringContaining('"expiration":"soon"') }],
    [{ kind: '500' }, { status: 500, type: 'InternalFailure' }],
    [{ kind: 'throttle' }, { status: 400, type: 'Throttling' }],
  ])('%o', async (fault, expected) => {
    aws.fault({ ...fault, service: 'iot', times: 1 });
    expect(await ask()).toMatchObject(expected as object);
    expect(await ask()).toMatchObject({ status: 200 });
  });

  test('a flood, which ends when the client has enough', async () => {
    aws.fault({ kind: 'flood', times: 1 });
    await expect(ask()).rejects.toThrow('too long');
    aws.fault({ kind: 'flood', bytes: 70_000, times: 1 });
    expect((await ask()).body.length).toBeGreaterThan(70_000);
  });
});

test('counts handshakes, and tells the protocol that was agreed on', async () => {
  await using own = await aws.startCredentialEndpoint({ tlsVersion: 'TLSv1.2' });
  await ask({}, own).catch(() => {});
  expect(own.handshakes).toEqual({ full: 0, resumed: 0 });
  const { certificate, privateKey } = own.issueCertificate({ registered: false });
  await ask({ cert: certificate, key: privateKey }, own);
  expect([own.handshakes, own.alpnProtocol]).toEqual([{ full: 1, resumed: 0 }, false]);
  await ask({ cert: certificate, key: privateKey, ALPNProtocols: ['x-amzn-http-ca'] }, own);
  expect([own.handshakes, own.alpnProtocol]).toEqual([{ full: 2, resumed: 0 }, 'x-amzn-http-ca']);
});

test('speaks the version it is told, and takes other authorities', async () => {
  await using own = await aws.startCredentialEndpoint({ tlsVersion: 'TLSv1.3', deviceAuthorities: [endpoint.ca] });
  await expect(ask({ maxVersion: 'TLSv1.2' }, own)).rejects.toThrow(/version/i);
  expect(await ask({}, own)).toMatchObject({ status: 403 });
  own.registerCertificate(device.certificate);
  own.addRoleAlias({ roleAlias: 'telemetry', role: role.arn, durationSeconds: 900 });
  expect(await ask({}, own)).toMatchObject({ status: 200 });
});

test('an endpoint whose own certificate has ended', async () => {
  await using own = await aws.startCredentialEndpoint({ notAfter: new Date(Date.now() - 1_000) });
  await expect(ask({}, own)).rejects.toMatchObject({ code: 'CERT_HAS_EXPIRED' });
});

test('what it issues is what OpenSSL takes for a certificate', () => {
  const { certificate } = endpoint.issueCertificate({ notAfter: new Date('2051-02-03T04:05:06Z') });
  const parsed = new X509Certificate(certificate);
  const authority = new X509Certificate(endpoint.ca);
  expect(parsed.checkIssued(authority)).toBe(true);
  expect(parsed.verify(authority.publicKey)).toBe(true);
  expect([parsed.ca, authority.ca]).toEqual([false, true]);
  expect(new Date(parsed.validTo)).toEqual(new Date('2051-02-03T04:05:06Z'));
  expect(parsed.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  expect(() => createSecureContext({ cert: certificate })).not.toThrow();
});

describe('options', () => {
  it.each<[string, () => unknown, string]>([
    ['an unknown key of a certificate', () => endpoint.issueCertificate({ keys: 1 } as never), 'keys'],
    ['a kind of key', () => endpoint.issueCertificate({ keyType: 'dsa' as never }), 'keyType'],
    ['a public key', () => endpoint.issueCertificate({ publicKey: 'junk' }), 'publicKey'],
    ['a certificate', () => endpoint.registerCertificate('junk'), 'certificate'],
    ['a thing', () => endpoint.registerCertificate(device.certificate, { things: ['a b'] }), 'things'],
    ['a role alias', () => endpoint.addRoleAlias({ roleAlias: 'a/b', role }), 'roleAlias'],
    ['a role', () => endpoint.addRoleAlias({ roleAlias: 'a', role: 'telemetry' }), 'role'],
    ['a duration', () => endpoint.addRoleAlias({ roleAlias: 'a', role, durationSeconds: 1 }), 'durationSeconds'],
  ])('%s', (_, act, option) => {
    expect(act).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', option }));
  });

  test('of the endpoint', async () => {
    await expect(aws.startCredentialEndpoint({ tlsVersion: 'TLSv1' as never })).rejects.toMatchObject({
      option: 'tlsVersion',
    });
  });
});

test('a fake AWS that is closed closes its endpoints', async () => {
  const own = await startFakeAws();
  const other = await own.startCredentialEndpoint();
  await own.close();
  await expect(ask({}, other)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
