import { createSession } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { noRegion, useFakeAws } from './fixtures/fake-aws-sessions.js';
import recorded from './recorded-cases.json' with { type: 'json' };
import { whoAmI } from './who-am-i.js';

const ACCOUNT = '123456789012';
const fake = useFakeAws();

describe('whoAmI', () => {
  it('tells a user with a path, in the order of aws-whoami', async () => {
    fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' });
    const user = fake.aws.addUser({ accountId: ACCOUNT, userName: 'Jane', path: '/div/sub/' });
    const info = await whoAmI(fake.sessionOf(user));

    expect(Object.entries(info)).toEqual([
      ['accountId', ACCOUNT],
      ['accountAliases', ['my-alias']],
      ['arn', 'arn:aws:iam::123456789012:user/div/sub/Jane'],
      ['type', 'user'],
      ['name', 'div/sub/Jane'],
      ['userId', user.userId],
      ['region', 'us-east-1'],
    ]);
  });

  it('tells the root user', async () => {
    const { rootArn } = fake.aws.addAccount({ accountId: ACCOUNT });

    expect(await whoAmI(fake.sessionOf(rootArn))).toMatchObject({ type: 'root', name: 'root', userId: ACCOUNT });
  });

  it('tells a federated user, who may not ask IAM', async () => {
    fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' });
    const bob = fake.aws.addFederatedUser({ accountId: ACCOUNT, name: 'Bob' });

    expect(await whoAmI(fake.sessionOf(bob))).toMatchObject({
      type: 'federated-user',
      name: 'Bob',
      userId: `${ACCOUNT}:Bob`,
      accountAliases: [],
    });
    expect(fake.aws.count('ListAccountAliases')).toBe(1);
  });

  it('tells an SSO role', async () => {
    const roleName = 'AWSReservedSSO_My_Perm_Set_1234567890abcdef';
    const role = fake.aws.addRole({ accountId: ACCOUNT, roleName, path: '/aws-reserved/sso.amazonaws.com/' });

    expect(await whoAmI(fake.sessionOf(role.sessionArn('jane@example.com')))).toMatchObject({
      type: 'assumed-role',
      name: roleName,
      roleSessionName: 'jane@example.com',
      ssoPermissionSet: 'My_Perm_Set',
    });
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('works in the partition %s', async (partition, region) => {
    fake.aws.addAccount({ accountId: ACCOUNT, partition, alias: 'far-away' });
    const user = fake.aws.addUser({ accountId: ACCOUNT, userName: 'me' });

    expect(await whoAmI(fake.sessionOf(user))).toMatchObject({ region, accountAliases: ['far-away'], name: 'me' });
    expect(fake.aws.requests.map((request) => request.region)).toEqual([region, region]);
  });

  it('makes one call of each kind for all callers', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);
    await Promise.all(Array.from({ length: 100 }, () => whoAmI(session)));

    expect(fake.aws.requests.map(({ operation }) => operation)).toEqual(['GetCallerIdentity', 'ListAccountAliases']);
  });

  it('asks only IAM, or nobody, when the source said who it is', async () => {
    fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' });
    fake.aws.addRole({ accountId: ACCOUNT, roleName: 'my-role' });
    const session = fake.assumedSession(`arn:aws:sts::${ACCOUNT}:assumed-role/my-role/sess`);

    expect(await whoAmI(session, { accountAlias: false })).toMatchObject({ name: 'my-role', accountAliases: [] });
    expect(fake.aws.requests).toHaveLength(0);
    expect((await whoAmI(session)).accountAliases).toEqual(['my-alias']);
    expect(fake.aws.requests.map(({ operation }) => operation)).toEqual(['ListAccountAliases']);
  });

  it('works without a region when the source said who it is', async () => {
    fake.aws.addRole({ accountId: ACCOUNT, roleName: 'r' });
    const info = await whoAmI(fake.assumedSession(`arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, noRegion));

    expect(info).toMatchObject({ accountId: ACCOUNT, region: undefined, accountAliases: [] });
    expect(Object.keys(info)).toContain('region');
  });

  it.each(recorded.whoamiAliasErrors.cases)('does without the alias on $code, and asks again', async ({ code }) => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);
    const heal = fake.aws.fault({ kind: 'error', service: 'iam', status: code === 'Throttling' ? 400 : 403, code });

    expect((await whoAmI(session)).accountAliases).toEqual([]);
    heal();
    // Being refused is an answer and is kept; the others pass.
    const expected = code.startsWith('AccessDenied') ? [] : ['my-alias'];
    expect((await whoAmI(session)).accountAliases).toEqual(expected);
  });

  it('does without the alias when IAM cannot be reached or does not answer in time', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);
    fake.aws.fault({ kind: 'reset', service: 'iam', times: 1 });
    expect((await whoAmI(session)).accountAliases).toEqual([]);

    fake.aws.fault({ kind: 'hang', service: 'iam', times: 1 });
    expect((await whoAmI(session, { accountAliasTimeoutMs: 50 })).accountAliases).toEqual([]);
    expect((await whoAmI(session)).accountAliases).toEqual(['my-alias']);
  });

  it('leaves with the reason of the signal while it waits for the alias', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);
    fake.aws.fault({ kind: 'hang', service: 'iam' });
    const controller = new AbortController();
    const info = whoAmI(session, { signal: controller.signal });
    await fake.aws.received('ListAccountAliases');
    controller.abort(new Error('enough'));

    await expect(info).rejects.toThrow('enough');
  });

  it.each([
    [true, ['my-alias']],
    [[], ['my-alias']],
    [['other', ''], ['my-alias']],
    [false, []],
    [['123'], []],
    [['root'], []],
  ])('looks up the alias for accountAlias %o: %o', async (accountAlias, expected) => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);

    expect((await whoAmI(session, { accountAlias })).accountAliases).toEqual(expected);
    expect(fake.aws.count('ListAccountAliases')).toBe(expected.length);
  });

  it('fails with the identity, not with the alias', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT }).rootArn);
    fake.aws.fault({ kind: 'throttle', service: 'sts' });

    await expect(whoAmI(session)).rejects.toMatchObject({ code: 'ERR_BSM_THROTTLED' });
    expect(fake.aws.count('ListAccountAliases')).toBe(0);
  });

  it('passes on why the region is not known, unless there is none', async () => {
    fake.aws.addRole({ accountId: ACCOUNT, roleName: 'r' });
    const broken = async (): Promise<string> => {
      throw new Error('the file is broken');
    };
    const session = fake.assumedSession(`arn:aws:sts::${ACCOUNT}:assumed-role/r/s`, broken);

    await expect(whoAmI(session, { accountAlias: false })).rejects.toThrow('broken');
  });

  it.each([
    [{ accountAlias: 'no' }, 'accountAlias'],
    [{ accountAlias: [1] }, 'accountAlias'],
    [{ accountAliasTimeoutMs: 0 }, 'accountAliasTimeoutMs'],
    [{ signal: {} }, 'signal'],
    [{ alias: false }, 'alias'],
  ])('refuses %o before any call', async (options, option) => {
    const session = createSession({ credentials: () => Promise.reject(new Error('asked')), region: 'us-east-1' });

    await expect(whoAmI(session, options as object)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option },
    });
  });
});

it.each([1.5, 2 ** 31 - 1])('takes %s ms for the alias', async (accountAliasTimeoutMs) => {
  const user = fake.aws.addUser({ accountId: ACCOUNT, userName: 'bob' });
  expect((await whoAmI(fake.sessionOf(user), { accountAliasTimeoutMs })).accountId).toBe(ACCOUNT);
});

it.each([0, 2 ** 31, Number.NaN])('refuses %s ms for the alias, before any call', async (accountAliasTimeoutMs) => {
  const user = fake.aws.addUser({ accountId: ACCOUNT, userName: 'bob' });
  await expect(whoAmI(fake.sessionOf(user), { accountAliasTimeoutMs })).rejects.toMatchObject({
    code: 'ERR_BSM_OPTION_INVALID',
  });
  expect(fake.aws.requests).toHaveLength(0);
});
