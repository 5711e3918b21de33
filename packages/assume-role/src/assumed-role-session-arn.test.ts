import { describe, expect, it } from 'vitest';
import { type AssumedRoleSessionArnParts, assumedRoleSessionArn } from './assumed-role-session-arn.js';
import { pythonCases } from './fixtures/python-cases.js';

describe('assumedRoleSessionArn', () => {
  it.each(pythonCases().arnBuilders.filter(({ fn }) => fn === 'get_assumed_role_session_arn'))(
    'builds $out of $args',
    ({ args: [accountId, roleName, roleSessionName = ''], out }) => {
      expect(assumedRoleSessionArn({ accountId, roleName, roleSessionName })).toBe(out);
    },
  );

  it('builds the ARN of another partition', () => {
    const parts = { accountId: 123456789012, roleName: 'r', roleSessionName: 's', partition: 'aws-cn' };
    expect(assumedRoleSessionArn(parts)).toBe('arn:aws-cn:sts::123456789012:assumed-role/r/s');
  });

  it.each([
    { accountId: 'abc', roleName: 'r', roleSessionName: 's' },
    { accountId: '1', roleName: '', roleSessionName: 's' },
    { accountId: '1', roleName: 'r', roleSessionName: 'a/b' },
    { accountId: '1', roleName: 'r' },
    { accountId: '1', roleSessionName: 's' },
  ])('refuses %o', (parts) => {
    expect(() => assumedRoleSessionArn(parts as AssumedRoleSessionArnParts)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID' }),
    );
  });
});
