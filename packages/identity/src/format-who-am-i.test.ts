import { describe, expect, it } from 'vitest';
import { formatWhoAmI } from './format-who-am-i.js';
import recorded from './recorded-cases.json' with { type: 'json' };
import type { WhoAmI } from './who-am-i.js';

const USER: WhoAmI = {
  accountId: '123456789012',
  accountAliases: ['my-alias'],
  arn: 'arn:aws:iam::123456789012:user/my-user',
  type: 'user',
  name: 'my-user',
  userId: 'AIDACKCEVSQ6C2EXAMPLE',
  region: 'us-east-1',
};

const SESSION: WhoAmI = {
  accountId: '123456789012',
  accountAliases: ['al'],
  arn: 'arn:aws:sts::123456789012:assumed-role/cdk-123456789012-role/123456789012',
  type: 'assumed-role',
  name: 'cdk-123456789012-role',
  roleSessionName: '123456789012',
  userId: 'AROACKCEVSQ6C2EXAMPLE:123456789012',
  region: 'eu-west-1',
};

const ROOT: WhoAmI = {
  accountId: '123456789012',
  accountAliases: [],
  arn: 'arn:aws:iam::123456789012:root',
  type: 'root',
  name: 'root',
  userId: '123456789012',
  region: undefined,
};

describe('formatWhoAmI', () => {
  it('writes the lines of boto_session_manager', () => {
    const { masked, unmasked, aliasNoneRegionNone } = recorded.printWhoAmI;

    expect(`${formatWhoAmI(USER)}\n`).toBe(masked);
    expect(`${formatWhoAmI(USER, { format: 'lines', masked: true })}\n`).toBe(masked);
    expect(`${formatWhoAmI(USER, { masked: false })}\n`).toBe(unmasked);
    expect(`${formatWhoAmI({ ...USER, accountAliases: [], region: undefined })}\n`).toBe(aliasNoneRegionNone);
  });

  it.each(recorded.whoami.cases.filter(({ status }) => status === 'match'))(
    'writes the columns of aws-whoami for $arn',
    ({ info, format }) => {
      if (!info) throw new Error('a row without info');
      const identity: WhoAmI = {
        accountId: info.Account,
        accountAliases: info.AccountAliases,
        arn: info.Arn,
        type: info.Type as WhoAmI['type'],
        name: info.Name,
        roleSessionName: info.RoleSessionName ?? undefined,
        userId: info.UserId,
        region: info.Region ?? undefined,
        ssoPermissionSet: info.SSOPermissionSet ?? undefined,
      };

      expect(formatWhoAmI(identity, { format: 'columns', masked: false })).toBe(format);
    },
  );

  it('names the root user, on whom aws-whoami stops', () => {
    expect(formatWhoAmI(ROOT, { format: 'columns', masked: false })).toBe(
      [
        'Account: 123456789012',
        'Region:  None',
        'Root:    root',
        'UserId:  123456789012',
        'Arn:     arn:aws:iam::123456789012:root',
      ].join('\n'),
    );
  });

  it('masks the account in names, session names and ids', () => {
    expect(formatWhoAmI(SESSION, { format: 'columns' })).toBe(
      [
        'Account:         12********12',
        '                 al',
        'Region:          eu-west-1',
        'AssumedRole:     cdk-12********12-role',
        'RoleSessionName: 12********12',
        'UserId:          AROA*****12',
        'Arn:             arn:aws:sts::12********12:assumed-role/cdk-12********12-role/12********12',
      ].join('\n'),
    );
  });

  it.each([
    ['a user', USER],
    ['an assumed role', SESSION],
    ['root', ROOT],
    ['a federated user', { ...USER, type: 'federated-user', name: 'Bob', userId: '123456789012:Bob' } as const],
    ['a user named like the account', { ...USER, name: 'a/123456789012', arn: `${USER.arn}/a/123456789012` }],
    ['an SSO role', { ...SESSION, ssoPermissionSet: 'of-123456789012' }],
  ])('shows no more than four digits of the account of %s', (_, info) => {
    for (const format of ['lines', 'columns'] as const) {
      expect(formatWhoAmI(info, { format })).not.toMatch(/1234|34567|9012/);
      expect(formatWhoAmI(info, { format, masked: false })).toContain('123456789012');
    }
  });

  it('never masks alias and region', () => {
    const info = { ...USER, accountAliases: ['team-123456789012'] };

    expect(formatWhoAmI(info)).toContain('AWS Account Alias = team-123456789012\nAWS Region = us-east-1');
  });

  it('leaves the given identity alone', () => {
    const info = Object.freeze({ ...SESSION });
    formatWhoAmI(info);

    expect(info).toEqual(SESSION);
  });

  it.each([
    [{ masked: 'no' }, 'masked'],
    [{ format: 'json' }, 'format'],
    [{ mask: true }, 'mask'],
  ])('refuses %o', (options, option) => {
    expect(() => formatWhoAmI(USER, options as object)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });
});
