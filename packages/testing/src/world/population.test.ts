import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { iam, refusal, s3, sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';

const ACCOUNT = '123456789012';

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws();
});
afterEach(() => aws.close());

async function identity(principal: string | { readonly arn: string }) {
  const { $metadata: _, ...rest } = await sts(aws.clientConfig(principal)).send(new GetCallerIdentityCommand({}));
  return rest;
}

describe('GetCallerIdentity', () => {
  test('of a user with a path', async () => {
    const alice = aws.addUser({ accountId: ACCOUNT, userName: 'alice', path: '/division/team/' });
    expect(await identity(alice)).toEqual({
      Account: ACCOUNT,
      Arn: `arn:aws:iam::${ACCOUNT}:user/division/team/alice`,
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    });
  });

  test('of the root user', async () => {
    const account = aws.addAccount({ accountId: ACCOUNT });
    expect(account.rootArn).toBe(`arn:aws:iam::${ACCOUNT}:root`);
    const root = { Account: ACCOUNT, Arn: account.rootArn, UserId: ACCOUNT };
    expect([await identity(account.rootArn), await identity(account.rootArn)]).toEqual([root, root]);
  });

  test('of a federated user', async () => {
    const bob = aws.addFederatedUser({ accountId: ACCOUNT, name: 'Bob' });
    expect(await identity(bob)).toEqual({
      Account: ACCOUNT,
      Arn: `arn:aws:sts::${ACCOUNT}:federated-user/Bob`,
      UserId: `${ACCOUNT}:Bob`,
    });
  });

  test('of a session of a role, whose path is not in the ARN', async () => {
    const role = aws.addRole({ accountId: ACCOUNT, roleName: 'ops', path: '/teams/' });
    const session = {
      Account: ACCOUNT,
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ops/alice`,
      UserId: `${role.userId}:alice`,
    };
    expect(await identity(role.sessionArn('alice'))).toEqual(session);
    expect(await identity(role)).toMatchObject({ Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ops/fake-aws` });
  });

  test('of somebody who signed in through IAM Identity Center', async () => {
    aws.addRole({
      accountId: ACCOUNT,
      roleName: 'AWSReservedSSO_AdministratorAccess_0123456789abcdef',
      path: '/aws-reserved/sso.amazonaws.com/eu-central-1/',
    });
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/alice@example.com`;
    expect(await identity(arn)).toMatchObject({ Account: ACCOUNT, Arn: arn });
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('in %s', async (partition, region) => {
    aws.addAccount({ accountId: ACCOUNT, partition });
    const user = aws.addUser({ accountId: ACCOUNT, userName: 'alice' });
    expect(aws.clientConfig(user).region).toBe(region);
    expect(await identity(user)).toMatchObject({ Arn: `arn:${partition}:iam::${ACCOUNT}:user/alice` });
  });

  test('needs no permission', async () => {
    const user = aws.addUser({ accountId: ACCOUNT, userName: 'alice', permissions: [{ Effect: 'Deny', Action: '*' }] });
    expect(await identity(user)).toMatchObject({ Account: ACCOUNT });
  });
});

describe('ListAccountAliases', () => {
  const aliases = async (principal: string | { readonly arn: string }, input = {}) =>
    iam(aws.clientConfig(principal)).send(new ListAccountAliasesCommand(input));

  test('none, one, another one', async () => {
    const user = aws.addUser({ accountId: ACCOUNT, userName: 'alice' });
    expect(await aliases(user)).toMatchObject({ AccountAliases: [], IsTruncated: false });
    const account = aws.addAccount({ accountId: ACCOUNT, alias: 'prod' });
    expect((await aliases(user)).AccountAliases).toEqual(['prod']);
    account.setAlias('production');
    expect((await aliases(user)).AccountAliases).toEqual(['production']);
    account.setAlias(undefined);
    expect((await aliases(user)).AccountAliases).toEqual([]);
  });

  test('page by page', async () => {
    const { rootArn } = aws.addAccount({ accountId: ACCOUNT, alias: ['one', 'two', 'three'] });
    const first = await aliases(rootArn, { MaxItems: 2 });
    expect(first).toMatchObject({ AccountAliases: ['one', 'two'], IsTruncated: true, Marker: expect.any(String) });
    const second = await aliases(rootArn, { MaxItems: 2, Marker: first.Marker });
    expect(second).toMatchObject({ AccountAliases: ['three'], IsTruncated: false });
    expect(second.Marker).toBeUndefined();
  });

  it.each([
    [{ MaxItems: 0 }, /at 'maxItems'/],
    [{ MaxItems: 1001 }, /at 'maxItems'/],
    [{ Marker: 'junk' }, /Invalid Marker/],
  ])('%j: ValidationError', async (input, message) => {
    const { rootArn } = aws.addAccount({ accountId: ACCOUNT });
    expect(await refusal(aliases(rootArn, input))).toEqual({
      code: 'ValidationError',
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  test.each([
    ['without the permission', ['s3:*'], 'because no identity-based policy allows the iam:ListAccountAliases action'],
    ['with a deny', ['*', { Effect: 'Deny', Action: 'iam:*' }], 'with an explicit deny in an identity-based policy'],
  ] as const)('%s: AccessDenied', async (_, permissions, reason) => {
    const user = aws.addUser({ accountId: ACCOUNT, userName: 'alice', permissions });
    expect(await refusal(aliases(user))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message: `User: ${user.arn} is not authorized to perform: iam:ListAccountAliases on resource: * ${reason}`,
    });
  });

  test('a federated user may not, whatever it is given', async () => {
    const bob = aws.addFederatedUser({ accountId: ACCOUNT, name: 'Bob' });
    expect(await refusal(aliases(bob))).toMatchObject({ code: 'AccessDenied' });
    bob.setPermissions(['*']);
    expect(await refusal(aliases(bob))).toMatchObject({ code: 'AccessDenied' });
  });
});

describe('ListBuckets', () => {
  const list = async (principal: string | { readonly arn: string }, input = {}) =>
    s3(aws.clientConfig(principal)).send(new ListBucketsCommand(input));
  const names = async (...args: Parameters<typeof list>) =>
    (await list(...args)).Buckets?.map(({ Name }) => Name) ?? [];

  test('those of the account of the caller', async () => {
    const home = aws.addAccount({ accountId: ACCOUNT, buckets: ['logs', 'releases'] });
    const other = aws.addAccount({ accountId: '111122223333' });
    expect(await list(home.rootArn)).toMatchObject({
      Buckets: [
        { Name: 'logs', CreationDate: new Date(aws.clock.now()) },
        { Name: 'releases', CreationDate: new Date(aws.clock.now()) },
      ],
      Owner: { ID: expect.any(String) },
    });
    expect(await names(other.rootArn)).toEqual([]);
    other.setBuckets(['backup']);
    expect(await names(other.rootArn)).toEqual(['backup']);
  });

  test('by prefix and page by page', async () => {
    const { rootArn } = aws.addAccount({ accountId: ACCOUNT, buckets: ['log-a', 'log-b', 'log-c', 'web'] });
    const first = await list(rootArn, { Prefix: 'log-', MaxBuckets: 2 });
    expect(first.Buckets?.map(({ Name }) => Name)).toEqual(['log-a', 'log-b']);
    expect(await names(rootArn, { Prefix: 'log-', ContinuationToken: first.ContinuationToken })).toEqual(['log-c']);
  });

  it.each([[{ MaxBuckets: 0 }], [{ MaxBuckets: 10_001 }], [{ ContinuationToken: 'junk' }]])(
    '%j: InvalidArgument',
    async (input) => {
      const { rootArn } = aws.addAccount({ accountId: ACCOUNT });
      expect(await refusal(list(rootArn, input))).toMatchObject({ code: 'InvalidArgument', status: 400 });
    },
  );

  test('without the permission', async () => {
    const user = aws.addUser({ accountId: ACCOUNT, userName: 'alice', permissions: ['sts:*'] });
    expect(await refusal(list(user))).toEqual({ code: 'AccessDenied', status: 403, message: 'Access Denied' });
  });
});

describe('who can be added', () => {
  test('a user with a key of its own, further keys and an MFA device', async () => {
    const accessKey = {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    };
    const alice = aws.addUser({ accountId: ACCOUNT, userName: 'alice', accessKey });
    expect(aws.clientConfig(alice).credentials).toEqual(accessKey);
    expect(alice.createAccessKey().accessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(alice.mfaDevice).toBeUndefined();
    expect(aws.addMfaDevice(alice).serialNumber).toBe(`arn:aws:iam::${ACCOUNT}:mfa/alice`);
    expect(aws.addMfaDevice(alice.arn, { serialNumber: 'GAHT12345678' }).code()).toMatch(/^\d{6}$/);
  });

  test('a deleted name is free again, with another id and for its device too', () => {
    const first = aws.addUser({ accountId: ACCOUNT, userName: 'alice', mfaSerial: true });
    first.delete();
    const second = aws.addUser({ accountId: ACCOUNT, userName: 'alice', mfaSerial: true });
    expect(second.userId).not.toBe(first.userId);
  });

  it.each<[string, string, () => unknown]>([
    ['account id too short', 'accountId', () => aws.addAccount({ accountId: '12345' })],
    ['account id as a number', 'accountId', () => aws.addUser({ accountId: 123456789012 as never, userName: 'a' })],
    ['no account id', 'accountId', () => aws.addRole({ roleName: 'x' } as never)],
    ['account twice', 'accountId', () => [1, 2].map(() => aws.addAccount({ accountId: ACCOUNT }))],
    ['alias in capitals', 'alias', () => aws.addAccount({ accountId: ACCOUNT, alias: 'PROD' })],
    ['bucket of two characters', 'buckets', () => aws.addAccount({ accountId: ACCOUNT, buckets: ['ab'] })],
    ['alias in capitals, later', 'alias', () => aws.addAccount({ accountId: ACCOUNT }).setAlias('PROD')],
    [
      'buckets that are none, later',
      'buckets',
      () => aws.addAccount({ accountId: ACCOUNT }).setBuckets(undefined as never),
    ],
    ['junk partition', 'partition', () => aws.addAccount({ accountId: ACCOUNT, partition: 'azure' })],
    [
      'partition of the account changed',
      'partition',
      () => [
        aws.addUser({ accountId: ACCOUNT, userName: 'a' }),
        aws.addAccount({ accountId: ACCOUNT, partition: 'aws-cn' }),
      ],
    ],
    [
      'partition unlike the account',
      'partition',
      () => [
        aws.addAccount({ accountId: ACCOUNT }),
        aws.addUser({ accountId: ACCOUNT, userName: 'a', partition: 'aws-cn' }),
      ],
    ],
    ['user name with a slash', 'userName', () => aws.addUser({ accountId: ACCOUNT, userName: 'a/b' })],
    [
      'user twice, with another path',
      'userName',
      () => ['/', '/x/'].map((path) => aws.addUser({ accountId: ACCOUNT, userName: 'a', path })),
    ],
    ['path without its last slash', 'path', () => aws.addUser({ accountId: ACCOUNT, userName: 'a', path: '/x' })],
    [
      'key without a secret',
      'accessKey',
      () =>
        aws.addUser({ accountId: ACCOUNT, userName: 'a', accessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' } as never }),
    ],
    [
      'key twice',
      'accessKey',
      () =>
        ['a', 'b'].map((userName) =>
          aws.addUser({
            accountId: ACCOUNT,
            userName,
            accessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' },
          }),
        ),
    ],
    ['MFA serial too short', 'mfaSerial', () => aws.addUser({ accountId: ACCOUNT, userName: 'a', mfaSerial: 'x' })],
    [
      'MFA serial twice',
      'mfaSerial',
      () => ['a', 'b'].map((userName) => aws.addUser({ accountId: ACCOUNT, userName, mfaSerial: 'GAHT12345678' })),
    ],
    ['MFA device of nobody', 'user', () => aws.addMfaDevice(`arn:aws:iam::${ACCOUNT}:user/nobody`)],
    [
      'MFA device with an unknown option',
      'serial',
      () => aws.addMfaDevice(aws.addUser({ accountId: ACCOUNT, userName: 'a' }), { serial: 'x' } as never),
    ],
    [
      'permissions as text',
      'permissions',
      () => aws.addUser({ accountId: ACCOUNT, userName: 'a', permissions: '*' as never }),
    ],
    [
      'permission with a condition',
      'permissions',
      () =>
        aws.addUser({
          accountId: ACCOUNT,
          userName: 'a',
          permissions: [{ Effect: 'Allow', Action: '*', Condition: {} } as never],
        }),
    ],
    [
      'permissions as text, later',
      'permissions',
      () => aws.addUser({ accountId: ACCOUNT, userName: 'a' }).setPermissions('*' as never),
    ],
    [
      'session of 30 minutes',
      'maxSessionDuration',
      () => aws.addRole({ accountId: ACCOUNT, roleName: 'r', maxSessionDuration: 1800 }),
    ],
    [
      'both trusts',
      'trustPolicy',
      () => aws.addRole({ accountId: ACCOUNT, roleName: 'r', trust: ACCOUNT, trustPolicy: '{}' }),
    ],
    ['trust as a number', 'trust', () => aws.addRole({ accountId: ACCOUNT, roleName: 'r', trust: 5 as never })],
    [
      'trust in a wildcard',
      'trust',
      () => aws.addRole({ accountId: ACCOUNT, roleName: 'r', trust: `arn:aws:iam::${ACCOUNT}:user/*` }),
    ],
    [
      'trust with an unknown option',
      'trust.external',
      () => aws.addRole({ accountId: ACCOUNT, roleName: 'r', trust: { principals: '*', external: 'x' } as never }),
    ],
    [
      'trust without principals',
      'trust.principals',
      () => aws.addRole({ accountId: ACCOUNT, roleName: 'r', trust: {} as never }),
    ],
    [
      'federated name of 33 characters',
      'name',
      () => aws.addFederatedUser({ accountId: ACCOUNT, name: 'x'.repeat(33) }),
    ],
    ['nothing at all', 'options', () => aws.addUser(undefined as never)],
  ])('%s is refused', (_, option, act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', option }));
  });
});

describe('clientConfig', () => {
  test('takes a region and a duration', () => {
    const role = aws.addRole({ accountId: ACCOUNT, roleName: 'ops' });
    const config = aws.clientConfig(role, { region: 'eu-central-1', durationSeconds: 60 });
    expect(config).toEqual({
      region: 'eu-central-1',
      endpoint: aws.endpoint,
      credentials: {
        accessKeyId: expect.stringMatching(/^ASIA/),
        secretAccessKey: expect.any(String),
        sessionToken: expect.any(String),
        expiration: new Date(aws.clock.now() + 60_000),
      },
    });
  });

  test('gives a user whose keys are inactive or deleted a new one', async () => {
    const alice = aws.addUser({ accountId: ACCOUNT, userName: 'alice' });
    alice.accessKey.setActive(false);
    expect(aws.clientConfig(alice).credentials.accessKeyId).not.toBe(alice.accessKeyId);
    expect(await identity(alice)).toMatchObject({ Arn: alice.arn });
  });

  it.each<[string, string, () => unknown]>([
    ['nobody', 'principal', () => aws.clientConfig(`arn:aws:iam::${ACCOUNT}:user/nobody`)],
    ['the root of no account', 'principal', () => aws.clientConfig('arn:aws:iam::111122223333:root')],
    ['a session of no role', 'principal', () => aws.clientConfig(`arn:aws:sts::${ACCOUNT}:assumed-role/nobody/x`)],
    [
      'a deleted user',
      'principal',
      () => {
        const user = aws.addUser({ accountId: ACCOUNT, userName: 'a' });
        user.delete();
        aws.clientConfig(user);
      },
    ],
    ['no text', 'principal', () => aws.clientConfig(undefined as never)],
    ['a junk region', 'region', () => aws.clientConfig('x', { region: 'evil.example/' })],
    ['an unknown option', 'expires', () => aws.clientConfig('x', { expires: 5 } as never)],
  ])('refuses %s', (_, option, act) => {
    expect(act).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', option }));
  });
});
