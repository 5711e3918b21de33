import { describe, expect, it } from 'vitest';
import { type Principal, parsePrincipal } from './parse-principal.js';
import recorded from './recorded-cases.json' with { type: 'json' };

const ACCOUNT = '123456789012';

describe('parsePrincipal', () => {
  it.each<[string, Partial<Principal> & { type: string; name: string }]>([
    ['arn:aws:iam::123456789012:user/me', { type: 'user', name: 'me' }],
    ['arn:aws:iam::123456789012:user/div/sub/Jane', { type: 'user', name: 'div/sub/Jane' }],
    ['arn:aws:iam::123456789012:user/a:b!/x/Jane', { type: 'user', name: 'a:b!/x/Jane' }],
    ['arn:aws:sts::123456789012:user/moto', { type: 'user', name: 'moto' }],
    ['arn:aws:iam::123456789012:root', { type: 'root', name: 'root' }],
    ['arn:aws:sts::123456789012:assumed-root', { type: 'assumed-root', name: 'assumed-root' }],
    ['arn:aws:iam::123456789012:role/deploy', { type: 'role', name: 'deploy' }],
    [
      'arn:aws:iam::123456789012:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
      { type: 'role', name: 'aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS' },
    ],
    ['arn:aws:sts::123456789012:assumed-role/r/s', { type: 'assumed-role', name: 'r', roleSessionName: 's' }],
    ['arn:aws:sts::123456789012:assumed-role/a/b/s', { type: 'assumed-role', name: 'a/b', roleSessionName: 's' }],
    ['arn:aws:sts::123456789012:assumed-role/only-role', { type: 'assumed-role', name: 'only-role' }],
    ['arn:aws:sts::123456789012:federated-user/Bob', { type: 'federated-user', name: 'Bob' }],
    ['arn:aws-cn:iam::123456789012:user/me', { type: 'user', name: 'me', partition: 'aws-cn' }],
    [
      'arn:aws-us-gov:sts::123456789012:assumed-role/r/i-0abc',
      { type: 'assumed-role', name: 'r', roleSessionName: 'i-0abc', partition: 'aws-us-gov' },
    ],
    ['arn:aws-iso-b:iam::123456789012:root', { type: 'root', name: 'root', partition: 'aws-iso-b' }],
  ])('reads %s', (arn, expected) => {
    expect(parsePrincipal(arn)).toEqual({ accountId: ACCOUNT, partition: 'aws', ...expected });
  });

  it.each([
    ['AWSReservedSSO_AdministratorAccess_1234567890abcdef', 'AdministratorAccess'],
    ['AWSReservedSSO_My_Perm_Set_1234567890abcdef', 'My_Perm_Set'],
    ['AWSReservedSSO_OnlyOne', undefined],
    ['AWSReservedSSO_Set_1234', undefined],
    ['AWSReservedSSO__1234567890abcdef', undefined],
    ['AWSReservedSSOfoo_bar_1234567890abcdef', undefined],
    ['my-AWSReservedSSO_Set_1234567890abcdef', undefined],
  ])('finds the permission set of %s: %s', (role, expected) => {
    const path = 'aws-reserved/sso.amazonaws.com/eu-west-1';

    expect(parsePrincipal(`arn:aws:sts::${ACCOUNT}:assumed-role/${role}/jane`).ssoPermissionSet).toBe(expected);
    expect(parsePrincipal(`arn:aws:iam::${ACCOUNT}:role/${path}/${role}`).ssoPermissionSet).toBe(expected);
    expect(parsePrincipal(`arn:aws:iam::${ACCOUNT}:user/${role}`).ssoPermissionSet).toBeUndefined();
  });

  it.each(recorded.whoami.cases.filter(({ status }) => status === 'match'))('reads $arn as aws-whoami does', (row) => {
    const { type, name, roleSessionName, ssoPermissionSet, accountId } = parsePrincipal(row.arn);

    expect({
      Account: accountId,
      Type: type,
      Name: name,
      RoleSessionName: roleSessionName ?? null,
      SSOPermissionSet: ssoPermissionSet ?? null,
    }).toEqual({
      Account: row.info?.Account,
      Type: row.info?.Type,
      Name: row.info?.Name,
      RoleSessionName: row.info?.RoleSessionName,
      SSOPermissionSet: row.info?.SSOPermissionSet,
    });
  });

  it.each([
    ['no ARN', 'me'],
    ['a policy', 'arn:aws:iam::123456789012:policy/p'],
    ['an instance profile', 'arn:aws:iam::123456789012:instance-profile/p'],
    ['a bucket', 'arn:aws:s3:::bucket'],
    ['a user of another service', 'arn:aws:quicksight::123456789012:user/me'],
    ['a region', 'arn:aws:iam:eu-west-1:123456789012:user/me'],
    ['an account of eleven digits', 'arn:aws:iam::12345678901:user/me'],
    ['no account', 'arn:aws:iam::aws:user/me'],
    ['a user without a name', 'arn:aws:iam::123456789012:user/'],
    ['a type alone', 'arn:aws:iam::123456789012:user'],
    ['a name with a space', 'arn:aws:iam::123456789012:user/Jane Doe'],
    ['a session without a role', 'arn:aws:sts::123456789012:assumed-role//s'],
    ['an empty session name', 'arn:aws:sts::123456789012:assumed-role/r/'],
    ['more after root', 'arn:aws:iam::123456789012:root/me'],
    ['a type of Object.prototype', 'arn:aws:iam::123456789012:constructor/me'],
  ])('refuses %s', (_, arn) => {
    expect(() => parsePrincipal(arn)).toThrow(expect.objectContaining({ code: 'ERR_BSM_ARN_INVALID' }));
  });
});
