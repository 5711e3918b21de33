import { describe, expect, it, test } from 'vitest';
import { conditionContext } from './condition.js';
import { trustDocument } from './trust.js';
import { parseTrustPolicy, trusts } from './trust-policy.js';

const ACCOUNT = '123456789012';
const CALLER = { kind: 'AWS' as const, names: [`arn:aws:iam::${ACCOUNT}:user/alice`], accountId: ACCOUNT };

const holds = (Condition: unknown, context: Record<string, string | readonly string[]>): boolean => {
  const document = { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', Condition }] };
  return trusts(
    parseTrustPolicy(document, 'trust'),
    'sts:AssumeRole',
    CALLER,
    conditionContext(Object.entries(context)),
  );
};

const K = 'sts:RoleSessionName';

describe('conditions', () => {
  it.each<[string, unknown, string | readonly string[] | undefined, boolean]>([
    ['StringEquals', 'a', 'a', true],
    ['StringEquals', ['b', 'a'], 'a', true],
    ['StringEquals', 'a', 'A', false],
    ['StringEquals', 'a', undefined, false],
    ['StringEqualsIfExists', 'a', undefined, true],
    ['StringEqualsIfExists', 'a', 'b', false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', 'a', undefined, true],
    ['StringEqualsIgnoreCase', 'ABC', 'abc', true],
    ['StringNotEqualsIgnoreCase', 'ABC', 'abc', false],
    ['StringLike', 'prod-*', 'prod-1', true],
    ['StringLike', 'prod-?', 'prod-12', false],
    ['StringLike', 'a.c', 'abc', false],
    ['StringNotLike', 'prod-*', 'prod-1', false],
    ['ArnLike', 'arn:aws:iam::*:user/x', `arn:aws:iam::${ACCOUNT}:user/x`, true],
    ['ArnEquals', 'arn:aws:iam::*:user/y', `arn:aws:iam::${ACCOUNT}:user/x`, false],
    ['ArnNotLike', 'arn:aws:iam::*:user/y', `arn:aws:iam::${ACCOUNT}:user/x`, true],
    ['Bool', 'true', 'true', true],
    ['Bool', true, 'true', true],
    ['Bool', 'true', 'false', false],
    ['Bool', 'true', undefined, false],
    ['BoolIfExists', 'true', undefined, true],
    ['NumericEquals', 5, '5.0', true],
    ['NumericNotEquals', 5, '5', false],
    ['NumericLessThan', '3600', '3599', true],
    ['NumericLessThan', '3600', '3600', false],
    ['NumericLessThanEquals', '3600', '3600', true],
    ['NumericGreaterThan', '3600', '3600', false],
    ['NumericGreaterThanEquals', '3600', '3600', true],
    ['Null', 'true', undefined, true],
    ['Null', 'true', 'x', false],
    ['Null', 'false', 'x', true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
    ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
    ['ForAllValues:StringEquals', ['a'], undefined, true],
    ['ForAnyValue:StringEquals', ['a'], ['a', 'c'], true],
    ['ForAnyValue:StringEquals', ['a'], ['c'], false],
    ['ForAnyValue:StringEquals', ['a'], undefined, false],
    ['StringEquals', ['$', '{aws:username}'].join(''), 'alice', true],
  ])('%s %j against %j: %s', (operator, values, given, expected) => {
    const context = { 'aws:username': 'alice', ...(given === undefined ? {} : { [K]: given }) };
    expect(holds({ [operator]: { [K]: values } }, context)).toBe(expected);
  });

  test('all of them must hold, and keys do not care about case', () => {
    const both = { StringEquals: { 'STS:rolesessionname': 'a', 'sts:ExternalId': 'x' } };
    expect(holds(both, { [K]: 'a', 'sts:ExternalId': 'x' })).toBe(true);
    expect(holds(both, { [K]: 'a' })).toBe(false);
  });
});

describe('principals', () => {
  it.each<[unknown, boolean]>([
    ['*', true],
    [{ AWS: '*' }, true],
    [{ AWS: ACCOUNT }, true],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:root` }, true],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:user/alice` }, true],
    [{ AWS: `arn:aws:iam::${ACCOUNT}:user/bob` }, false],
    [{ AWS: 'arn:aws:iam::111122223333:root' }, false],
    [{ Service: '*' }, false],
    [{ Federated: 'cognito-identity.amazonaws.com' }, false],
  ])('%j: %s', (Principal, expected) => {
    const policy = parseTrustPolicy({ Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } }, 'trust');
    expect(trusts(policy, 'sts:AssumeRole', CALLER, new Map())).toBe(expected);
  });
});

test('a short trust is written out', () => {
  const options = {
    principals: ACCOUNT,
    externalId: 'customer-42',
    mfa: true,
    roleSessionName: 'ci-*',
    tagSession: true,
    setSourceIdentity: true,
  };
  expect(trustDocument(options, 'trust')).toEqual({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: ACCOUNT },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
      Condition: {
        StringEquals: { 'sts:ExternalId': 'customer-42' },
        StringLike: { 'sts:RoleSessionName': 'ci-*' },
        Bool: { 'aws:MultiFactorAuthPresent': true },
      },
    },
  });
});

describe('a policy that is not understood is refused, not misjudged', () => {
  const statement = (change: object): object => ({
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', ...change }],
  });
  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['a number', 5],
    ['an unknown element', { ...statement({}), Versions: 1 }],
    ['no statement', {}],
    ['another effect', statement({ Effect: 'Maybe' })],
    ['NotPrincipal', statement({ NotPrincipal: '*' })],
    ['Resource', statement({ Resource: '*' })],
    ['no action', statement({ Action: undefined })],
    ['an empty list of actions', statement({ Action: [] })],
    ['a principal as text', statement({ Principal: ACCOUNT })],
    ['an unknown kind of principal', statement({ Principal: { Aws: ACCOUNT } })],
    ['a wildcard in an ARN', statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/*` } })],
    ['a group', statement({ Principal: { AWS: `arn:aws:iam::${ACCOUNT}:group/x` } })],
    ['an operator that is not supported', statement({ Condition: { IpAddress: { 'aws:SourceIp': '127.0.0.1' } } })],
    ['an inherited operator', statement({ Condition: { constructor: { [K]: 'x' } } })],
    ['a condition that is a text', statement({ Condition: 'x' })],
    ['an operator with a text', statement({ Condition: { StringEquals: 'x' } })],
  ])('%s', (_, document) => {
    expect(() => parseTrustPolicy(document, 'roles[0].trustPolicy')).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', option: 'roles[0].trustPolicy' }),
    );
  });
});
