import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createVirtualClock, type FakeAws, type FakeUser, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSession } from './create-session.js';
import { allTextOf } from './fixtures/all-text-of.js';
import { type AwsHome, createAwsHome } from './fixtures/aws-home.js';
import { caught } from './fixtures/caught.js';
import { type JsonServer, startJsonServer } from './fixtures/json-server.js';
import type { Session, SessionOptions } from './session.js';

const STATIC = ['aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key = not-a-real-one'];

let home: AwsHome;

beforeEach(async () => {
  home = await createAwsHome();
});

afterEach(async () => {
  await home[Symbol.asyncDispose]();
});

function keyIdOf(options?: SessionOptions): Promise<string> {
  return createSession(options)
    .credentials()
    .then(({ accessKeyId }) => accessKeyId);
}

describe('static credentials', () => {
  test('of a named profile, and none of the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAI44QH8DHBEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'other');
    await home.writeCredentials('[dev]', ...STATIC, 'aws_session_token = t');
    const credentials = await createSession({ profile: 'dev' }).credentials();
    expect(credentials).toMatchObject({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', sessionToken: 't' });
  });

  test('of the profile that AWS_PROFILE names, without the warning that the SDK prints when keys are set too', async () => {
    vi.stubEnv('AWS_PROFILE', 'dev');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAI44QH8DHBEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'other');
    await home.writeConfig('[profile dev]', ...STATIC);
    expect(await keyIdOf()).toBe('AKIAIOSFODNN7EXAMPLE');
  });

  test('of the environment, also beside a default profile and a file with a fault', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAI44QH8DHBEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'other');
    await home.writeCredentials('[default]', ...STATIC);
    await home.writeConfig('[default');
    expect(await keyIdOf()).toBe('AKIAI44QH8DHBEXAMPLE');
  });

  test('of the default profile', async () => {
    await home.writeCredentials('[default]', ...STATIC);
    expect(await keyIdOf()).toBe('AKIAIOSFODNN7EXAMPLE');
  });

  test('that were rotated are seen after clearCache and after a refresh', async () => {
    await home.writeCredentials('[dev]', ...STATIC);
    const session = createSession({ profile: 'dev' });
    await session.credentials();
    await home.writeCredentials('[dev]', 'aws_access_key_id = AKIAI44QH8DHBEXAMPLE', 'aws_secret_access_key = x');
    expect((await session.credentials()).accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
    session.clearCache();
    expect((await session.credentials()).accessKeyId).toBe('AKIAI44QH8DHBEXAMPLE');
    await home.writeCredentials('[dev]', ...STATIC);
    expect((await session.credentials.refresh()).accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
  });

  test('of the environment are read again after clearCache', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAI44QH8DHBEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'other');
    const session = createSession();
    await session.credentials();
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    session.clearCache();
    expect((await session.credentials()).accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
  });
});

describe('what is not there', () => {
  test.each([
    ['a profile named by option', { profile: 'absent' }, {}],
    ['a profile named by AWS_PROFILE', {}, { AWS_PROFILE: 'absent' }],
  ])('%s', async (_name, options, env) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAI44QH8DHBEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'other');
    await home.writeCredentials('[default]', ...STATIC);
    await expect(keyIdOf(options)).rejects.toMatchObject({
      code: 'ERR_BSM_PROFILE_NOT_FOUND',
      details: { profile: 'absent' },
      tryNextLink: false,
    });
  });

  test('credentials in a named profile', async () => {
    await home.writeConfig('[profile dev]', 'region = eu-west-1');
    const error = await caught(() => keyIdOf({ profile: 'dev' }));
    expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_NOT_FOUND', tryNextLink: true });
    expect((error as Error).message).toContain('profile "dev"');
  });

  test('any credentials', async () => {
    const error = await caught(() => keyIdOf());
    expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_NOT_FOUND', tryNextLink: true, retryable: false });
    expect((error as Error).message).toContain('options.credentials');
  });

  test.each([{}, { profile: 'dev' }])('a file that can be read (%j)', async (options) => {
    await home.writeConfig('[profile dev]', 'nonsense');
    await expect(keyIdOf(options)).rejects.toMatchObject({ code: 'ERR_BSM_CONFIG_INVALID', details: { line: 2 } });
  });

  test('the token file of a web identity', async () => {
    vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::111122223333:role/pod');
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', `${home.path}/absent`);
    const error = await caught(() => keyIdOf({ region: 'eu-west-1' }));
    expect(error).toMatchObject({ code: 'ERR_BSM_TOKEN_FILE_INVALID', details: { path: `${home.path}/absent` } });
  });

  test('the token file of a profile, here a directory', async () => {
    const arn = 'arn:aws:iam::111122223333:role/pod';
    await home.writeConfig('[profile pod]', `role_arn = ${arn}`, `web_identity_token_file = ${home.path}`);
    await expect(keyIdOf({ profile: 'pod', region: 'eu-west-1' })).rejects.toMatchObject({
      code: 'ERR_BSM_TOKEN_FILE_INVALID',
    });
  });

  test.each(['', ' \n'])('a token in a file that holds %j', async (text) => {
    vi.stubEnv('AWS_ROLE_ARN', 'arn:aws:iam::111122223333:role/pod');
    vi.stubEnv('AWS_WEB_IDENTITY_TOKEN_FILE', await home.write('token', text));
    const error = await caught(() => keyIdOf({ region: 'eu-west-1' }));
    expect(error).toMatchObject({ code: 'ERR_BSM_TOKEN_FILE_INVALID', retryable: false });
    expect((error as Error).message).toContain('role arn:aws:iam::11********33:role/pod is empty');
  });

  test('the profile of a role’s own credentials', async () => {
    const arn = 'arn:aws:iam::111122223333:role/deploy';
    const mfa = 'mfa_serial = arn:aws:iam::111122223333:mfa/alice';
    await home.writeConfig('[profile deploy]', `role_arn = ${arn}`, 'source_profile = absent', mfa);
    let asked = 0;
    const mfaToken = (): string => {
      asked++;
      return '123456';
    };
    await expect(keyIdOf({ profile: 'deploy', region: 'eu-west-1', mfaToken })).rejects.toMatchObject({
      code: 'ERR_BSM_PROFILE_NOT_FOUND',
      details: { profile: 'absent' },
    });
    expect(asked).toBe(0);
  });
});

describe('credential_process', () => {
  const program = (output: string): string => `credential_process = "${process.execPath}" -e "${output}"`;

  test('is run for each refresh', async () => {
    const answer = JSON.stringify({
      Version: 1,
      AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      SecretAccessKey: 'x',
      SessionToken: 't',
      Expiration: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const file = await home.write('answer.json', answer);
    await home.writeConfig('[profile dev]', program(`process.stdout.write(fs.readFileSync('${file}'))`));
    const session = createSession({ profile: 'dev' });
    expect((await session.credentials()).accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
    expect(session.credentials.expiration).toBeInstanceOf(Date);
    await home.write('answer.json', answer.replace('AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'));
    expect((await session.credentials.refresh()).accessKeyId).toBe('AKIAI44QH8DHBEXAMPLE');
  });

  test.each([
    ['fails and writes to stderr', `process.stderr.write('HIDDEN'); process.exit(1)`],
    ['prints no JSON', `console.log('HIDDEN')`],
    ['prints nothing', ''],
    ['prints another version', `console.log(JSON.stringify({Version:2,AccessKeyId:'A',SecretAccessKey:'HIDDEN'}))`],
    ['prints half a pair', `console.log(JSON.stringify({Version:1,SecretAccessKey:'HIDDEN'}))`],
    [
      'prints what has ended',
      `console.log(JSON.stringify({Version:1,AccessKeyId:'A',SecretAccessKey:'HIDDEN',Expiration:'2020-01-01T00:00:00Z'}))`,
    ],
    ['prints two megabytes', `process.stdout.write('HIDDEN'.repeat(60_000))`],
  ])('row 37: that %s is named without its command line or output', async (_name, code) => {
    const hidden = randomUUID();
    await home.writeConfig('[profile dev]', program(code.replace('HIDDEN', hidden)));
    const error = await caught(() => keyIdOf({ profile: 'dev' }));
    expect(error).toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED', retryable: true });
    expect((error as Error).message).toContain('credential_process');
    expect(allTextOf(error)).not.toContain(hidden);
  });

  test('row 37: that never ends meets the deadline', async () => {
    const started = `${home.path}/started`;
    const waiting = `fs.writeFileSync('${started}','');setInterval(()=>fs.existsSync('${started}')||process.exit(1),20)`;
    await home.writeConfig('[profile dev]', program(waiting));
    const clock = createVirtualClock();
    const session = createSession({ profile: 'dev', clock });
    const outcome = caught(() => session.credentials());
    while (!existsSync(started)) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advanceAsync(20_000);
    expect(await outcome).toMatchObject({ code: 'ERR_BSM_REFRESH_TIMEOUT' });
  });

  test.each([{ AWS_PROFILE: 'dev' }, {}])(
    'that fails does not give way to the credentials of the machine (%j)',
    async (env) => {
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
      const section = 'AWS_PROFILE' in env ? '[profile dev]' : '[default]';
      await home.writeConfig(section, program('process.exit(1)'));
      await using machine = await startContainerEndpoint();
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', machine.url);
      await expect(keyIdOf()).rejects.toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED' });
      expect(machine.calls()).toBe(0);
    },
  );
});

describe('a container', () => {
  test('gives credentials, also beside a profile that has none', async () => {
    await using machine = await startContainerEndpoint();
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', machine.url);
    vi.stubEnv('AWS_PROFILE', 'region-only');
    await home.writeConfig('[profile region-only]', 'region = eu-west-1');
    const session = createSession();
    expect((await session.credentials()).accessKeyId).toBe('ASIAIOSFODNN7EXAMPLE');
    expect(session.isExpired()).toBe(false);
    expect(session.isExpired(7_200)).toBe(true);
    expect(machine.calls()).toBe(1);
  });
});

describe('a role of a profile', () => {
  let aws: FakeAws;
  let alice: FakeUser;

  beforeEach(async () => {
    aws = await startFakeAws();
    alice = aws.addUser({ accountId: '111122223333', userName: 'alice', mfaSerial: true });
    await home.writeCredentials(
      '[alice]',
      `aws_access_key_id = ${alice.accessKeyId}`,
      `aws_secret_access_key = ${alice.secretAccessKey}`,
    );
  });

  afterEach(async () => {
    await aws.close();
  });

  function sessionOf(options: SessionOptions = {}): Session {
    return createSession({
      profile: 'deploy',
      clientDefaults: { endpoint: aws.endpoint },
      clock: { now: () => aws.clock.now() },
      ...options,
    });
  }

  async function writeRole(...settings: readonly string[]): Promise<string> {
    const trust = { principals: [alice.arn], externalId: 'ticket-7' };
    const role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });
    role.setTrust(settings.some((line) => line.startsWith('external_id')) ? (trust as never) : alice.arn);
    await home.writeConfig('[profile deploy]', `role_arn = ${role.arn}`, 'source_profile = alice', ...settings);
    return role.arn;
  }

  test('is assumed in the region of the session, with what the profile says', async () => {
    await writeRole('region = us-west-2', 'duration_seconds = 1800', 'role_session_name = from-file');
    const session = sessionOf({ region: 'eu-central-1' });
    const credentials = await session.credentials();
    expect(credentials).toMatchObject({ accountId: '444455556666', expiration: expect.any(Date) });
    expect(aws.count('AssumeRole')).toBe(1);
    expect(aws.requests[0]).toMatchObject({
      region: 'eu-central-1',
      params: { DurationSeconds: '1800', RoleSessionName: 'from-file' },
    });
  });

  test('is assumed in the region of the profile when the session has none of its own', async () => {
    await writeRole('region = us-west-2');
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    await sessionOf().credentials();
    expect(aws.requests[0]?.region).toBe('us-west-2');
  });

  test('cannot be assumed without a region, since there is no default', async () => {
    await writeRole();
    await expect(sessionOf().credentials()).rejects.toMatchObject({ code: 'ERR_BSM_REGION_UNRESOLVED' });
    expect(aws.requests).toHaveLength(0);
  });

  test('gets its external id', async () => {
    await writeRole('external_id = ticket-7', 'region = eu-west-1');
    await sessionOf().credentials();
    expect(aws.requests[0]).toMatchObject({ status: 200, params: { ExternalId: '***' } });
  });

  test('that is refused is an error without secrets', async () => {
    await writeRole('external_id = ticket-8', 'region = eu-west-1');
    const error = await caught(() => sessionOf().credentials());
    expect(error).toMatchObject({
      code: 'ERR_BSM_ACCESS_DENIED',
      details: { awsCode: 'AccessDenied', statusCode: 403 },
    });
    expect((error as Error).message).toContain('11********33');
    expect(allTextOf(error)).not.toContain(alice.secretAccessKey);
    expect(allTextOf(error)).not.toContain('ticket-8');
  });

  test('with an MFA device asks for a code once per refresh', async () => {
    await writeRole(`mfa_serial = ${alice.mfaDevice?.serialNumber}`, 'region = eu-west-1');
    const asked: string[] = [];
    const mfaToken = async (serialNumber: string, { signal }: { signal: AbortSignal }): Promise<string> => {
      expect(signal).toBeInstanceOf(AbortSignal);
      asked.push(serialNumber);
      return ` ${alice.mfaDevice?.code()}\n`;
    };
    const session = sessionOf({ mfaToken });
    await Promise.all([session.credentials(), session.credentials()]);
    expect(asked).toEqual([alice.mfaDevice?.serialNumber]);
    aws.clock.advance(3_600_000);
    await Promise.all([session.credentials(), session.credentials()]);
    expect(asked).toHaveLength(2);
    expect(aws.count('AssumeRole')).toBe(2);
  });

  test('with an MFA device takes a code given as text once', async () => {
    await writeRole(`mfa_serial = ${alice.mfaDevice?.serialNumber}`, 'region = eu-west-1');
    const session = sessionOf({ mfaToken: alice.mfaDevice?.code() });
    await session.credentials();
    aws.clock.advance(3_600_000);
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_MFA_REQUIRED' });
    expect(aws.count('AssumeRole')).toBe(1);
  });

  test.each<[string, SessionOptions['mfaToken'], string]>([
    ['nothing that could answer', undefined, 'ERR_BSM_MFA_REQUIRED'],
    ['no digits', () => 'open sesame', 'ERR_BSM_MFA_CODE_INVALID'],
    ['nothing', () => '', 'ERR_BSM_MFA_CODE_INVALID'],
    ['five digits', () => '12345', 'ERR_BSM_MFA_CODE_INVALID'],
    ['seven digits', () => '1234567', 'ERR_BSM_MFA_CODE_INVALID'],
    ['two codes', () => '123456 123457', 'ERR_BSM_MFA_CODE_INVALID'],
    ['a sentence', () => 'your code is 123456', 'ERR_BSM_MFA_CODE_INVALID'],
    ['digits of another script', () => '١٢٣٤٥٦', 'ERR_BSM_MFA_CODE_INVALID'],
    ['a number, which has no leading zeros', (() => 123_456) as never, 'ERR_BSM_MFA_CODE_INVALID'],
    ['a function that throws', () => Promise.reject(new Error('nobody is here')), 'ERR_BSM_REFRESH_FAILED'],
    ['a function that throws nothing', () => Promise.reject(), 'ERR_BSM_REFRESH_FAILED'],
  ])('row 35: with an MFA device and %s makes no call', async (_name, mfaToken, code) => {
    await writeRole(`mfa_serial = ${alice.mfaDevice?.serialNumber}`, 'region = eu-west-1');
    const error = await caught(() => sessionOf({ mfaToken }).credentials());
    expect(error).toMatchObject({ code });
    expect(allTextOf(error)).not.toMatch(/open sesame|123456|١٢٣٤٥٦/);
    expect(aws.requests).toHaveLength(0);
  });

  test('with a web identity is assumed at the endpoint of the session', async () => {
    const arn = aws.addRole({ accountId: '444455556666', roleName: 'pod' }).arn;
    const file = await home.write('token', 'a-token');
    await home.writeConfig('[profile pod]', `role_arn = ${arn}`, `web_identity_token_file = ${file}`);
    const session = sessionOf({ profile: 'pod', region: 'cn-north-1' });
    await caught(() => session.credentials());
    expect(aws.requests[0]).toMatchObject({ operation: 'AssumeRoleWithWebIdentity', params: { RoleArn: arn } });
  });

  test('does not move the portal of IAM Identity Center out of its own region', async () => {
    const cacheName = createHash('sha1').update('https://example.awsapps.com/start').digest('hex');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await home.write(`.aws/sso/cache/${cacheName}.json`, JSON.stringify({ accessToken: 'token', expiresAt }));
    await home.writeConfig(
      '[profile person]',
      'sso_start_url = https://example.awsapps.com/start',
      'sso_region = eu-north-1',
      'sso_account_id = 111122223333',
      'sso_role_name = Reader',
    );
    let regionAsked = 0;
    const region = async (): Promise<string> => {
      regionAsked++;
      return 'us-east-1';
    };
    await using portal = await startJsonServer(() => ({
      roleCredentials: {
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'x',
        sessionToken: 't',
        expiration: Date.now() + 3_600_000,
      },
    }));
    const session = sessionOf({ profile: 'person', region, clientDefaults: { endpoint: portal.url } });
    expect((await session.credentials()).accessKeyId).toBe('ASIAIOSFODNN7EXAMPLE');
    expect(portal.calls()).toBe(1);
    expect(regionAsked).toBe(0);
  });
});

function startContainerEndpoint(): Promise<JsonServer> {
  const Expiration = new Date(Date.now() + 3_600_000).toISOString();
  return startJsonServer(() => ({ AccessKeyId: 'ASIAIOSFODNN7EXAMPLE', SecretAccessKey: 'x', Token: 't', Expiration }));
}
