import { isBsmError } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { pythonCases } from './fixtures/python-cases.js';
import { type RoleArnParts, roleArn } from './role-arn.js';

const cases = pythonCases().arnBuilders.filter(({ fn }) => fn === 'get_role_arn');
const parts = ({ args: [accountId, roleName], kwargs }: (typeof cases)[number]): RoleArnParts => ({
  accountId,
  roleName,
  ...kwargs,
});

describe('roleArn', () => {
  it.each(cases.filter(({ status }) => status === 'match'))('builds $out of $args $kwargs', (one) => {
    expect(roleArn(parts(one))).toBe(one.out);
  });

  it.each(cases.filter(({ status }) => status === 'upstream-bug'))('refuses $args $kwargs', (one) => {
    expect(() => roleArn(parts(one))).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID' }));
  });

  it('builds the ARN of another partition', () => {
    expect(roleArn({ accountId: 1, roleName: 'r', partition: 'aws-us-gov' })).toBe(
      'arn:aws-us-gov:iam::000000000001:role/r',
    );
  });

  it.each<[string, unknown, string]>([
    ['no options', undefined, 'options'],
    ['no account', { roleName: 'r' }, 'accountId'],
    ['a fraction', { accountId: 12.9, roleName: 'r' }, 'accountId'],
    ['a number beyond exact integers', { accountId: 1e21, roleName: 'r' }, 'accountId'],
    ['no role', { accountId: '1' }, 'roleName'],
    ['a role of 65 characters', { accountId: '1', roleName: 'r'.repeat(65) }, 'roleName'],
    ['a space', { accountId: '1', roleName: 'a b' }, 'roleName'],
    ['a path in both places', { accountId: '1', roleName: 'a/b', path: 'c' }, 'path'],
    ['a partition that is none', { accountId: '1', roleName: 'r', partition: 'azure' }, 'partition'],
    ['an unknown part', { accountId: '1', roleName: 'r', region: 'x' }, 'region'],
  ])('names the part that is wrong: %s', (_, wrong, option) => {
    try {
      roleArn(wrong as RoleArnParts);
      expect.unreachable();
    } catch (error) {
      expect(isBsmError(error, 'ERR_BSM_OPTION_INVALID') && error.details['option']).toBe(option);
    }
  });
});
