import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { FakeClientConfig } from '../client-config.js';
import { assume, refusal, sessionOf, sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';
import type { FakeRole } from '../world/add-role.js';
import type { FakeUser } from '../world/add-user.js';

const HOME = '111122223333';
const OTHER = '444455556666';

let aws: FakeAws;
let alice: FakeUser;
let role: FakeRole;

beforeEach(async () => {
  aws = await startFakeAws();
  alice = aws.addUser({ accountId: HOME, userName: 'alice', mfaSerial: true });
  role = aws.addRole({
    accountId: OTHER,
    roleName: 'deploy',
    trust: { principals: HOME, tagSession: true, setSourceIdentity: true },
  });
});

afterEach(() => aws.close());

const asAlice = (): FakeClientConfig => aws.clientConfig(alice);
const tags = (count: number, value = 'v'): unknown =>
  Array.from({ length: count }, (_, index) => ({ Key: `key-${index}`, Value: value }));
const allow = (principal: unknown, more: object = {}): never =>
  ({ Statement: { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more } }) as never;
const constraint = (value: string, name: string, rule: string): string =>
  `1 validation error detected: Value ${value} at '${name}' failed to satisfy constraint: Member must ${rule}`;

describe('parameters', () => {
  const DENY_ALL = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
  });

  it.each<[string, Record<string, unknown>, string, string | RegExp]>([
    [
      'RoleArn too short',
      { RoleArn: 'junk' },
      'ValidationError',
      constraint("'junk'", 'roleArn', 'have length greater than or equal to 20'),
    ],
    ['RoleArn not an ARN', { RoleArn: 'this is not an arn at all' }, 'ValidationError', 'Request ARN is invalid'],
    [
      'RoleArn of a user',
      { RoleArn: `arn:aws:iam::${OTHER}:user/bob-the-builder` },
      'ValidationError',
      `arn:aws:iam::${OTHER}:user/bob-the-builder is invalid`,
    ],
    ['RoleArn missing', { RoleArn: undefined }, 'ValidationError', constraint('null', 'roleArn', 'not be null')],
    [
      'session name missing',
      { RoleSessionName: undefined },
      'ValidationError',
      constraint('null', 'roleSessionName', 'not be null'),
    ],
    [
      'session name empty',
      { RoleSessionName: '' },
      'ValidationError',
      constraint("''", 'roleSessionName', 'have length greater than or equal to 2'),
    ],
    [
      'session name of 1 character',
      { RoleSessionName: 'x' },
      'ValidationError',
      constraint("'x'", 'roleSessionName', 'have length greater than or equal to 2'),
    ],
    [
      'session name of 65 characters',
      { RoleSessionName: 'x'.repeat(65) },
      'ValidationError',
      /have length less than or equal to 64$/,
    ],
    [
      'session name with a space',
      { RoleSessionName: 'a b' },
      'ValidationError',
      constraint("'a b'", 'roleSessionName', 'satisfy regular expression pattern: [\\w+=,.@-]*'),
    ],
    ['session name with a slash', { RoleSessionName: 'a/b' }, 'ValidationError', /at 'roleSessionName' .* pattern/],
    [
      'session name with letters beyond ASCII',
      { RoleSessionName: 'zoë' },
      'ValidationError',
      /at 'roleSessionName' .* pattern/,
    ],
    ['external id with a space', { ExternalId: 'a b' }, 'ValidationError', /at 'externalId' .* pattern/],
    [
      'external id of 1 character',
      { ExternalId: 'a' },
      'ValidationError',
      /at 'externalId' .* greater than or equal to 2$/,
    ],
    [
      'external id of 1225 characters',
      { ExternalId: 'a'.repeat(1225) },
      'ValidationError',
      /less than or equal to 1224$/,
    ],
    ['source identity of 1 character', { SourceIdentity: 'a' }, 'ValidationError', /at 'sourceIdentity'/],
    [
      'duration 1',
      { DurationSeconds: 1 },
      'ValidationError',
      constraint("'1'", 'durationSeconds', 'have value greater than or equal to 900'),
    ],
    [
      'duration 899',
      { DurationSeconds: 899 },
      'ValidationError',
      constraint("'899'", 'durationSeconds', 'have value greater than or equal to 900'),
    ],
    [
      'duration 43201',
      { DurationSeconds: 43201 },
      'ValidationError',
      constraint("'43201'", 'durationSeconds', 'have value less than or equal to 43200'),
    ],
    [
      'duration "abc"',
      { DurationSeconds: 'abc' },
      'ValidationError',
      constraint("'abc'", 'durationSeconds', 'be an integer'),
    ],
    [
      'duration above that of the role',
      { DurationSeconds: 7200 },
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    ],
    ['session policy not JSON', { Policy: 'not json' }, 'MalformedPolicyDocument', 'This policy contains invalid Json'],
    ['session policy without statements', { Policy: '{}' }, 'MalformedPolicyDocument', 'Syntax errors in policy.'],
    [
      'session policy with a junk statement',
      { Policy: '{"Statement":[{"Effect":"Perhaps"}]}' },
      'MalformedPolicyDocument',
      'Syntax errors in policy.',
    ],
    [
      'session policy of 3000 characters',
      { Policy: DENY_ALL.padEnd(3000) },
      'ValidationError',
      /at 'policy' .* less than or equal to 2048$/,
    ],
    [
      '11 policy ARNs',
      { PolicyArns: Array.from({ length: 11 }, (_, i) => ({ arn: `arn:aws:iam::aws:policy/P${i}` })) },
      'ValidationError',
      /at 'policyArns' .* less than or equal to 10$/,
    ],
    [
      'policy ARN that is none',
      { PolicyArns: [{ arn: 'arn:aws:iam::aws:role/NotAPolicy' }] },
      'MalformedPolicyDocument',
      /is invalid/,
    ],
    ['policy ARN too short', { PolicyArns: [{ arn: 'short' }] }, 'ValidationError', /at 'policyArns.member.arn'/],
    ['51 tags', { Tags: tags(51) }, 'ValidationError', /at 'tags' .* less than or equal to 50$/],
    [
      'tag with an empty key',
      { Tags: [{ Key: '', Value: 'v' }] },
      'ValidationError',
      /at 'tags.1.member.key' .* greater than or equal to 1/,
    ],
    [
      'tag key of 129 characters',
      { Tags: [{ Key: 'k'.repeat(129), Value: 'v' }] },
      'ValidationError',
      /at 'tags.1.member.key' .* less than or equal to 128/,
    ],
    [
      'tag value of 257 characters',
      { Tags: [{ Key: 'k', Value: 'v'.repeat(257) }] },
      'ValidationError',
      /at 'tags.1.member.value' .* less than or equal to 256/,
    ],
    [
      'tag keys that differ in case only',
      {
        Tags: [
          { Key: 'Team', Value: 'a' },
          { Key: 'team', Value: 'b' },
        ],
      },
      'InvalidParameterValue',
      /^Duplicate tag keys found/,
    ],
    [
      'transitive key that is no tag',
      { Tags: tags(1), TransitiveTagKeys: ['other'] },
      'InvalidParameterValue',
      /transitive tag key/,
    ],
    [
      'tags that fill more than there is',
      { Tags: tags(50, 'v'.repeat(256)) },
      'PackedPolicyTooLarge',
      /^Packed size of session tags consumes \d+% of allotted space/,
    ],
    [
      'MFA code that is not six digits',
      { SerialNumber: 'arn:aws:iam::111122223333:mfa/alice', TokenCode: 'abc' },
      'ValidationError',
      /at 'tokenCode'/,
    ],
  ])('%s: refused', async (_, input, code, message) => {
    const answer = await refusal(assume(asAlice(), { RoleArn: role.arn, ...input }));
    expect(answer).toEqual({ code, status: 400, message: expect.stringMatching(asPattern(message)) });
    expect(aws.requests.at(-1)).toMatchObject({ operation: 'AssumeRole', status: 400, errorCode: code });
  });

  test('all violations are reported at once', async () => {
    const answer = await refusal(assume(asAlice(), { RoleArn: 'junk', RoleSessionName: 'x', DurationSeconds: 1 }));
    expect(answer?.message).toMatch(
      /^3 validation errors detected: Value 'junk' at 'roleArn' .*; Value 'x' at 'roleSessionName' .*; Value '1'/,
    );
  });
});

const asPattern = (message: string | RegExp): RegExp =>
  typeof message === 'string' ? new RegExp(`^${message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : message;

// A policy variable; written so that it does not look like a template with the wrong quotes.
const USER_NAME = ['$', '{aws:username}'].join('');

describe('who may assume a role', () => {
  const denied = (arn: string, action = 'sts:AssumeRole') => ({
    code: 'AccessDenied',
    status: 403,
    message: `User: ${alice.arn} is not authorized to perform: ${action} on resource: ${arn}`,
  });

  test('a role that does not exist', async () => {
    const arn = `arn:aws:iam::${OTHER}:role/nobody`;
    expect(await refusal(assume(asAlice(), { RoleArn: arn }))).toEqual(denied(arn));
  });

  it.each<[string, unknown, boolean]>([
    ['the account id', allow({ AWS: HOME }), true],
    ['the account root', allow({ AWS: `arn:aws:iam::${HOME}:root` }), true],
    ['the user', allow({ AWS: [`arn:aws:iam::${OTHER}:user/bob`, `arn:aws:iam::${HOME}:user/alice`] }), true],
    ['everyone', allow('*'), true],
    ['every AWS principal', allow({ AWS: '*' }), true],
    ['any action of STS', allow({ AWS: HOME }, { Action: 'sts:*' }), true],
    ['another account only', allow({ AWS: OTHER }), false],
    ['another user only', allow({ AWS: `arn:aws:iam::${HOME}:user/bob` }), false],
    ['a service only', allow({ Service: 'lambda.amazonaws.com' }), false],
    ['an identity provider only', allow({ Federated: `arn:aws:iam::${OTHER}:saml-provider/okta` }), false],
    ['the user, for another action', allow({ AWS: HOME }, { Action: 'sts:AssumeRoleWithSAML' }), false],
    [
      'the account, but not the user',
      {
        Statement: [
          { Effect: 'Allow', Principal: { AWS: HOME }, Action: 'sts:AssumeRole' },
          { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${HOME}:user/alice` }, Action: 'sts:AssumeRole' },
        ],
      },
      false,
    ],
    ['nobody', { Statement: [{ Effect: 'Deny', Principal: '*', Action: '*' }] }, false],
    [
      'sessions with a fitting name',
      allow({ AWS: HOME }, { Condition: { StringLike: { 'sts:RoleSessionName': 'test-*' } } }),
      true,
    ],
    [
      'sessions with another name',
      allow({ AWS: HOME }, { Condition: { StringLike: { 'sts:RoleSessionName': 'prod-*' } } }),
      false,
    ],
    [
      'sessions named after the user',
      allow({ AWS: HOME }, { Condition: { StringEquals: { 'sts:RoleSessionName': USER_NAME } } }),
      false,
    ],
  ])('a role that trusts %s', async (_, document, accepted) => {
    role.setTrustPolicy(document as never);
    const answer = await refusal(assume(asAlice(), { RoleArn: role.arn }));
    expect(answer).toEqual(accepted ? undefined : denied(role.arn));
  });

  it.each<[string, string | undefined, boolean]>([
    ['none', undefined, false],
    ['a wrong one', 'wrong', false],
    ['the right one', 'customer-42', true],
  ])('an external id is required, %s is given', async (_, ExternalId, accepted) => {
    role.setTrust({ principals: HOME, externalId: 'customer-42' });
    const answer = await refusal(assume(asAlice(), { RoleArn: role.arn, ExternalId }));
    expect(answer).toEqual(accepted ? undefined : denied(role.arn));
  });

  it.each<[string, readonly unknown[], boolean]>([
    ['no permission', [], false],
    ['another permission', ['s3:*'], false],
    ['the permission', ['sts:AssumeRole'], true],
    [
      'the permission for this role',
      [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${OTHER}:role/dep*` }],
      true,
    ],
    [
      'the permission for another role',
      [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${OTHER}:role/x` }],
      false,
    ],
    ['a deny', ['*', { Effect: 'Deny', Action: 'sts:AssumeRole' }], false],
  ])('a trusted caller with %s', async (_, permissions, accepted) => {
    alice.setPermissions(permissions as never);
    const answer = await refusal(assume(asAlice(), { RoleArn: role.arn }));
    expect(answer).toEqual(accepted ? undefined : denied(role.arn));
  });

  test('tags need sts:TagSession, a source identity sts:SetSourceIdentity', async () => {
    role.setTrust(HOME);
    const tagged = await refusal(assume(asAlice(), { RoleArn: role.arn, Tags: tags(1) }));
    const named = await refusal(assume(asAlice(), { RoleArn: role.arn, SourceIdentity: 'alice' }));
    expect([tagged, named]).toEqual([denied(role.arn, 'sts:TagSession'), denied(role.arn, 'sts:SetSourceIdentity')]);
  });

  test('a root user assumes no role', async () => {
    const root = aws.clientConfig(`arn:aws:iam::${HOME}:root`);
    const answer = await refusal(assume(root, { RoleArn: role.arn }));
    expect(answer).toMatchObject({ code: 'AccessDenied', message: 'Roles may not be assumed by root accounts.' });
  });

  test('a federated user assumes no role', async () => {
    const bob = aws.addFederatedUser({ accountId: HOME, name: 'Bob' });
    expect(await refusal(assume(aws.clientConfig(bob), { RoleArn: role.arn }))).toMatchObject({ code: 'AccessDenied' });
  });
});

describe('MFA', () => {
  const refused = (message: string) => ({ code: 'AccessDenied', status: 403, message });
  const withCode = (code: string) => ({
    RoleArn: role.arn,
    SerialNumber: alice.mfaDevice!.serialNumber,
    TokenCode: code,
  });
  const INVALID = 'MultiFactorAuthentication failed with invalid MFA one time pass code.';

  beforeEach(() => role.setTrust({ principals: HOME, mfa: true }));

  test('required by trust: none is refused, the right code is accepted', async () => {
    expect(await refusal(assume(asAlice(), { RoleArn: role.arn }))).toMatchObject({ code: 'AccessDenied' });
    expect(await refusal(assume(asAlice(), withCode(alice.mfaDevice!.code())))).toBeUndefined();
  });

  test('an unknown serial number', async () => {
    const input = { ...withCode('000000'), SerialNumber: `arn:aws:iam::${HOME}:mfa/nobody` };
    expect(await refusal(assume(asAlice(), input))).toEqual(refused(INVALID));
  });

  test('the device of another user', async () => {
    const bob = aws.addUser({ accountId: HOME, userName: 'bob', mfaSerial: 'GAHT12345678' });
    const input = { ...withCode(bob.mfaDevice!.code()), SerialNumber: 'GAHT12345678' };
    expect(await refusal(assume(asAlice(), input))).toEqual(refused(INVALID));
  });

  test('a serial number without a code', async () => {
    const { TokenCode: _, ...input } = withCode('');
    expect(await refusal(assume(asAlice(), input))).toEqual(
      refused('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.'),
    );
  });

  test('a code works once, the next one 30 seconds of virtual time later', async () => {
    const code = alice.mfaDevice!.code();
    expect(await refusal(assume(asAlice(), withCode(code)))).toBeUndefined();
    expect(await refusal(assume(asAlice(), withCode(code)))).toEqual(refused(INVALID));
    aws.clock.advance(30_000);
    expect(await refusal(assume(asAlice(), withCode(alice.mfaDevice!.code())))).toBeUndefined();
  });

  test('a code of ten minutes ago', async () => {
    const code = alice.mfaDevice!.code();
    aws.clock.advance(600_000);
    expect(await refusal(assume(asAlice(), withCode(code)))).toEqual(refused(INVALID));
  });

  test('a role session does not count as MFA, however it was made', async () => {
    const first = await assume(asAlice(), withCode(alice.mfaDevice!.code()));
    const next = aws.addRole({ accountId: HOME, roleName: 'next', trust: { principals: OTHER, mfa: true } });
    const answer = await refusal(assume(sessionOf(asAlice(), first), { RoleArn: next.arn }));
    expect(answer).toMatchObject({ code: 'AccessDenied' });
  });
});

describe('what is issued', () => {
  test('the session and its credentials', async () => {
    const output = await assume(asAlice(), {
      RoleArn: role.arn,
      RoleSessionName: 'release-42',
      SourceIdentity: 'alice',
    });
    expect(output.AssumedRoleUser).toEqual({
      Arn: `arn:aws:sts::${OTHER}:assumed-role/deploy/release-42`,
      AssumedRoleId: `${role.userId}:release-42`,
    });
    expect(output.SourceIdentity).toBe('alice');
    expect(output.PackedPolicySize).toBeUndefined();
    expect(output.Credentials).toMatchObject({
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      Expiration: new Date(aws.clock.now() + 3_600_000),
    });
  });

  test('no two of them are alike', async () => {
    const outputs = await Promise.all([1, 2, 3].map(() => assume(asAlice(), { RoleArn: role.arn })));
    expect(new Set(outputs.map(({ Credentials }) => Credentials!.AccessKeyId)).size).toBe(3);
    expect(new Set(outputs.map(({ Credentials }) => Credentials!.SessionToken)).size).toBe(3);
  });

  it.each([
    ['900 s', 900],
    ['43200 s, which the role allows', 43_200],
  ])('a duration of %s', async (_, DurationSeconds) => {
    const long = aws.addRole({ accountId: OTHER, roleName: 'long', trust: HOME, maxSessionDuration: 43_200 });
    const { Credentials } = await assume(asAlice(), { RoleArn: long.arn, DurationSeconds });
    expect(Credentials?.Expiration?.getTime()).toBe(aws.clock.now() + DurationSeconds * 1000);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a policy', { Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }],
    ['policy ARNs', { PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] }],
    ['tags', { Tags: [{ Key: 'Team', Value: 'blue' }] }],
  ])('PackedPolicySize with %s', async (_, input) => {
    const { PackedPolicySize } = await assume(asAlice(), { RoleArn: role.arn, ...input });
    expect(PackedPolicySize).toBeGreaterThan(0);
    expect(PackedPolicySize).toBeLessThanOrEqual(100);
  });

  test('a session policy limits what the session may do', async () => {
    const Policy = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] });
    const session = sessionOf(asAlice(), await assume(asAlice(), { RoleArn: role.arn, Policy }));
    const next = aws.addRole({ accountId: HOME, roleName: 'next', trust: OTHER });
    expect(await refusal(assume(session, { RoleArn: next.arn }))).toMatchObject({ code: 'AccessDenied' });
    expect(await refusal(sts(session).send(new GetCallerIdentityCommand({})))).toBeUndefined();
  });

  test('in another partition', async () => {
    const user = aws.addUser({ accountId: '123456789012', userName: 'li', partition: 'aws-cn' });
    const chinese = aws.addRole({ accountId: '123456789012', roleName: 'ops', path: '/teams/ops/' });
    const config = aws.clientConfig(user);
    expect(config.region).toBe('cn-north-1');
    const { AssumedRoleUser } = await assume(config, { RoleArn: chinese.arn });
    expect(chinese.arn).toBe('arn:aws-cn:iam::123456789012:role/teams/ops/ops');
    expect(AssumedRoleUser?.Arn).toBe('arn:aws-cn:sts::123456789012:assumed-role/ops/test-session');
  });
});

describe('role chaining', () => {
  let session: FakeClientConfig;
  const next = (trust: unknown): FakeRole =>
    aws.addRole({ accountId: HOME, roleName: 'next', trust: trust as never, maxSessionDuration: 43_200 });

  beforeEach(async () => {
    const output = await assume(asAlice(), {
      RoleArn: role.arn,
      SourceIdentity: 'alice',
      Tags: [
        { Key: 'Team', Value: 'blue' },
        { Key: 'Cost', Value: '7' },
      ],
      TransitiveTagKeys: ['Team'],
    });
    session = sessionOf(asAlice(), output);
  });

  const open = (principals: string) => ({ principals, tagSession: true, setSourceIdentity: true });

  it.each<[string, () => string]>([
    ['the account', () => OTHER],
    ['the role', () => role.arn],
    ['this session of the role', () => role.sessionArn('test-session')],
  ])('from role to role, which trusts %s', async (_, principals) => {
    expect(await refusal(assume(session, { RoleArn: next(open(principals())).arn }))).toBeUndefined();
  });

  test('another session of the role is not meant', async () => {
    const answer = await refusal(assume(session, { RoleArn: next(open(role.sessionArn('other'))).arn }));
    expect(answer?.message).toMatch(
      `User: ${role.sessionArn('test-session')} is not authorized to perform: sts:AssumeRole`,
    );
  });

  test('for an hour at most', async () => {
    const { arn } = next(open(OTHER));
    expect(await refusal(assume(session, { RoleArn: arn, DurationSeconds: 3600 }))).toBeUndefined();
    expect(await refusal(assume(session, { RoleArn: arn, DurationSeconds: 7200 }))).toEqual({
      code: 'ValidationError',
      status: 400,
      message: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    });
  });

  test('hands the source identity on, and no other one', async () => {
    const { arn } = next(open(OTHER));
    expect((await assume(session, { RoleArn: arn })).SourceIdentity).toBe('alice');
    expect(await refusal(assume(session, { RoleArn: arn, SourceIdentity: 'mallory' }))).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('sts:SetSourceIdentity'),
    });
  });

  test('hands transitive tags on, and only these', async () => {
    const { arn } = aws.addRole({
      accountId: HOME,
      roleName: 'next',
      trustPolicy: allow(
        { AWS: OTHER },
        {
          Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
          Condition: {
            StringEquals: { 'aws:RequestTag/Team': 'blue' },
            Null: { 'aws:RequestTag/Cost': 'true' },
            'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] },
          },
        },
      ),
    });
    expect(await refusal(assume(session, { RoleArn: arn }))).toBeUndefined();
    expect(await refusal(assume(session, { RoleArn: arn, Tags: [{ Key: 'team', Value: 'red' }] }))).toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining('conflicts with a transitive tag key'),
    });
  });

  test('what is handed on needs its permissions in the next role too', async () => {
    const answer = await refusal(assume(session, { RoleArn: next(OTHER).arn }));
    expect(answer?.message).toContain('sts:TagSession');
  });
});
