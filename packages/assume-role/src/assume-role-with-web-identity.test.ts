import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assumeRole } from './assume-role.js';
import {
  type AssumeRoleWithWebIdentityOptions,
  assumeRoleWithWebIdentity,
  createAssumeRoleWithWebIdentity,
} from './assume-role-with-web-identity.js';
import { HOUR_MS } from './fixtures/fake-world.js';
import { startStubSts } from './fixtures/stub-sts.js';

const roleArn = 'arn:aws:iam::123456789012:role/pod';

describe('assumeRoleWithWebIdentity', () => {
  let aws: FakeAws;
  let folder: string;
  let newToken: () => string;
  const options = () => ({
    roleArn,
    roleSessionName: 'pod-1',
    region: 'eu-west-1',
    clock: aws.clock,
    clientDefaults: { endpoint: aws.endpoint, maxAttempts: 1 },
  });

  beforeEach(async () => {
    aws = await startFakeAws();
    const provider = aws.addIdentityProvider({ accountId: '123456789012', url: 'https://oidc.example.com/id/1' });
    newToken = () => provider.token({ sub: 'system:serviceaccount:app:web' });
    aws.addRole({
      accountId: '123456789012',
      roleName: 'pod',
      trustPolicy: {
        Statement: {
          Effect: 'Allow',
          Principal: { Federated: provider.arn },
          Action: 'sts:AssumeRoleWithWebIdentity',
        },
      },
    });
    folder = await mkdtemp(join(tmpdir(), 'token-'));
  });

  afterEach(async () => {
    await aws.close();
    await rm(folder, { recursive: true });
  });

  it('asks in the region that a function gives, asked once', async () => {
    const region = vi.fn(async () => 'eu-central-1');
    using session = assumeRoleWithWebIdentity({ ...options(), region, token: newToken() });
    await session.credentials();
    expect(await session.region()).toBe('eu-central-1');
    expect(region).toHaveBeenCalledTimes(1);
    expect(aws.requests[0]).toMatchObject({ operation: 'AssumeRoleWithWebIdentity' });
  });

  it('needs no credentials, and makes one unsigned call for all who use it', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    using session = assumeRoleWithWebIdentity({ ...options(), token: newToken() });
    expect(aws.requests).toHaveLength(0);
    const sts = session.client(STSClient);
    const answers = await Promise.all([1, 2, 3].map(() => sts.send(new GetCallerIdentityCommand({}))));
    expect(answers[0]?.Arn).toBe('arn:aws:sts::123456789012:assumed-role/pod/pod-1');
    expect(aws.count('AssumeRoleWithWebIdentity')).toBe(1);
    expect(aws.requests[0]).toMatchObject({ accessKeyId: undefined, params: { RoleSessionName: 'pod-1' } });
    expect(session.parent).toBeUndefined();
    expect(session.principal).toMatchObject({ accountId: '123456789012', arn: answers[0]?.Arn });
    expect(await session.credentials()).toMatchObject({ $source: { CREDENTIALS_STS_ASSUME_ROLE_WEB_ID: 'k' } });
  });

  it('reads the file again at each refresh', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, `${newToken()}\n`);
    using session = assumeRoleWithWebIdentity({ ...options(), tokenFile });
    await session.credentials();
    aws.clock.advance(HOUR_MS);
    await writeFile(tokenFile, newToken());
    await session.credentials();
    expect(aws.count('AssumeRoleWithWebIdentity')).toBe(2);
  });

  it('asks the function again at each refresh', async () => {
    let asked = 0;
    const token = async (): Promise<string> => {
      asked++;
      return newToken();
    };
    using session = assumeRoleWithWebIdentity({ ...options(), token });
    for (let lifetimes = 1; lifetimes <= 3; lifetimes++) {
      await Promise.all([session.credentials(), session.credentials()]);
      expect(asked).toBe(lifetimes);
      aws.clock.advance(HOUR_MS);
    }
  });

  it('says that a token has ended, and never which', async () => {
    const token = newToken();
    aws.clock.advance(24 * HOUR_MS);
    using session = assumeRoleWithWebIdentity({ ...options(), token });
    const error = await session.credentials().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_REJECTED', retryable: false });
    expect(String(error)).toMatch(/^BsmError: Cannot assume role "pod" in account 12\*{8}12: .*The token was rejected/);
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(token.slice(0, 20));
  });

  it('counts as a role when another is assumed from it', async () => {
    using session = assumeRoleWithWebIdentity({ ...options(), token: newToken() });
    const next = aws.addRole({ accountId: '444455556666', roleName: 'next', trust: '123456789012' });
    expect((await assumeRole(session, { roleArn: next.arn }).credentials()).accountId).toBe('444455556666');
    expect(() => assumeRole(session, { roleArn: next.arn, durationSeconds: 7_200 })).toThrow(/"durationSeconds"/);
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ['is absent', async () => join(folder, 'absent'), /does not exist/],
    ['is empty', async () => writtenFile(''), /is empty/],
    ['is blank', async () => writtenFile(' \n'), /is empty/],
    ['is a directory', async () => folder, /is no file/],
    ['is huge', async () => writtenFile('x'.repeat(70_000)), /is too large for a token/],
  ])('names a token file that %s', async (_, make, fault) => {
    const tokenFile = await make();
    using session = assumeRoleWithWebIdentity({ ...options(), tokenFile });
    const error = await session.credentials().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_TOKEN_FILE_INVALID', retryable: false, details: { path: tokenFile } });
    expect(String(error)).toMatch(fault);
    expect(aws.requests).toHaveLength(0);
  });

  async function writtenFile(content: string): Promise<string> {
    const path = join(folder, 'token');
    await writeFile(path, content);
    return path;
  }
});

describe('options of assumeRoleWithWebIdentity', () => {
  it('are sent as they are given, each absent one left out', async () => {
    using sts = startStubSts();
    const policyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
    using session = createAssumeRoleWithWebIdentity(sts)({
      roleArn,
      token: 'eyJ0',
      providerId: 'graph.facebook.com',
      policyArns,
      region: 'eu-west-1',
      durationSeconds: 900,
      clock: sts.clock,
    });
    await session.credentials();
    expect(sts.calls[0]).toMatchObject({
      operation: 'assumeRoleWithWebIdentity',
      call: { region: 'eu-west-1', session },
    });
    expect(sts.calls[0]?.call.credentials).toBeUndefined();
    expect(sts.calls[0]?.parameters).toEqual({
      RoleArn: roleArn,
      RoleSessionName: expect.stringMatching(/^bsm-/),
      WebIdentityToken: 'eyJ0',
      ProviderId: 'graph.facebook.com',
      PolicyArns: [{ arn: policyArns[0] }],
      DurationSeconds: 900,
    });
  });

  it.each([undefined, null, '', ' ', 7, {}])('refuse a function that gives %o', async (given) => {
    using sts = startStubSts();
    const token = (): string => given as string;
    using session = createAssumeRoleWithWebIdentity(sts)({ roleArn, token, region: 'eu-west-1', clock: sts.clock });
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_INVALID' });
    expect(sts.calls).toHaveLength(0);
  });

  it('report a function that fails', async () => {
    using sts = startStubSts();
    const token = async (): Promise<string> => {
      throw new Error('no id-token permission');
    };
    using session = createAssumeRoleWithWebIdentity(sts)({ roleArn, token, region: 'eu-west-1', clock: sts.clock });
    const error = await session.credentials().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED', cause: { message: 'no id-token permission' } });
  });

  it('can make it one session only', async () => {
    using sts = startStubSts();
    const common = { roleArn, token: 'eyJ0', region: 'eu-west-1', clock: sts.clock };
    using session = createAssumeRoleWithWebIdentity(sts)({ ...common, autoRefresh: false });
    await session.credentials();
    sts.clock.advance(HOUR_MS);
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
    expect(sts.calls).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['options', undefined],
    ['roleArn', { token: 'eyJ0' }],
    ['token', { roleArn }],
    ['token', { roleArn, token: 'eyJ0', tokenFile: 'token' }],
    ['token', { roleArn, token: '' }],
    ['token', { roleArn, token: 7 }],
    ['tokenFile', { roleArn, tokenFile: '' }],
    ['roleSessionName', { roleArn, token: 'eyJ0', roleSessionName: 'a b' }],
    ['durationSeconds', { roleArn, token: 'eyJ0', durationSeconds: 1 }],
    ['externalId', { roleArn, token: 'eyJ0', externalId: 'partner' }],
    ['refresh.windowMs', { roleArn, token: 'eyJ0', refresh: { windowMs: 1 } }],
    ['clock', { roleArn, token: 'eyJ0', clock: {} }],
    ['clientDefaults.credentials', { roleArn, token: 'eyJ0', clientDefaults: { credentials: {} } }],
  ])('are refused at once: %s', (option, options) => {
    using sts = startStubSts();
    expect(() => createAssumeRoleWithWebIdentity(sts)(options as AssumeRoleWithWebIdentityOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option: expect.stringContaining(option) } }),
    );
    expect(sts.calls).toHaveLength(0);
  });
});
