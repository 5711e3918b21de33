import { isBsmError, type Session } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { createAssumeRoleChain } from './assume-role-chain.js';
import type { AssumeRoleOptions } from './assume-role-options.js';
import { createAssumeRole } from './create-assume-role.js';
import { pythonCases } from './fixtures/python-cases.js';
import { startStubSts } from './fixtures/stub-sts.js';

const roleArn = 'arn:aws:iam::123456789012:role/deploy';
const circle: Record<string, unknown> = {};
circle['self'] = circle;
const serialNumber = 'arn:aws:iam::123456789012:mfa/alice';

/** What is wrong, and the name of the option that the error must give. */
const wrong: readonly (readonly [what: string, option: string, options: unknown])[] = [
  ['no options', 'options', undefined],
  ['options that are text', 'options', roleArn],
  ['no role', 'roleArn', {}],
  ['a role that is undefined', 'roleArn', { roleArn: undefined }],
  ['an unknown option', 'rolearn', { roleArn, rolearn: roleArn }],
  ["AWS's spelling", 'RoleArn', { RoleArn: roleArn }],
  ['a role name', 'roleArn', { roleArn: 'deploy' }],
  ['a user', 'roleArn', { roleArn: 'arn:aws:iam::123456789012:user/alice' }],
  ['a short account', 'roleArn', { roleArn: 'arn:aws:iam::12345678901:role/deploy' }],
  ['a role session', 'roleArn', { roleArn: 'arn:aws:sts::123456789012:assumed-role/deploy/ci' }],
  ['a role with a line break', 'roleArn', { roleArn: `${roleArn}\n` }],
  ['an empty role name', 'roleArn', { roleArn: 'arn:aws:iam::123456789012:role/' }],
  ['a name of one character', 'roleSessionName', { roleArn, roleSessionName: 'a' }],
  ['an empty name', 'roleSessionName', { roleArn, roleSessionName: '' }],
  ['a name of 65 characters', 'roleSessionName', { roleArn, roleSessionName: 'a'.repeat(65) }],
  ['a name with a space', 'roleSessionName', { roleArn, roleSessionName: 'a b' }],
  ['a name with a slash', 'roleSessionName', { roleArn, roleSessionName: 'a/b' }],
  ['a name with an umlaut', 'roleSessionName', { roleArn, roleSessionName: 'jörg' }],
  ['899 seconds', 'durationSeconds', { roleArn, durationSeconds: 899 }],
  ['43,201 seconds', 'durationSeconds', { roleArn, durationSeconds: 43_201 }],
  ['a fraction of a second', 'durationSeconds', { roleArn, durationSeconds: 900.5 }],
  ['seconds as text', 'durationSeconds', { roleArn, durationSeconds: '3600' }],
  ['a policy that is no JSON', 'policy', { roleArn, policy: 'allow all' }],
  ['a policy that is a list', 'policy', { roleArn, policy: [] }],
  ['a policy that is JSON but no object', 'policy', { roleArn, policy: '"x"' }],
  ['a policy with a circle', 'policy', { roleArn, policy: circle }],
  ['a policy of 2,049 characters', 'policy', { roleArn, policy: { x: 'a'.repeat(2_041) } }],
  ['policyArns as text', 'policyArns', { roleArn, policyArns: 'arn:aws:iam::aws:policy/X' }],
  ['11 policyArns', 'policyArns', { roleArn, policyArns: Array(11).fill('arn:aws:iam::aws:policy/X') }],
  ['a policyArn that is no text', 'policyArns[1]', { roleArn, policyArns: ['arn:aws:iam::aws:policy/X', 1] }],
  ['the name of a policy', 'policyArns[0]', { roleArn, policyArns: ['ReadOnlyAccess'] }],
  ['tags as text', 'tags', { roleArn, tags: 'a=b' }],
  ['tags that are null', 'tags', { roleArn, tags: null }],
  ['51 tags', 'tags', { roleArn, tags: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 'v'])) }],
  ['an empty tag key', 'tags[0].Key', { roleArn, tags: { '': 'v' } }],
  ['a tag key of 129 characters', 'tags[0].Key', { roleArn, tags: { ['k'.repeat(129)]: 'v' } }],
  ['a tag value of 257 characters', 'tags[1].Value', { roleArn, tags: { a: 'b', k: 'v'.repeat(257) } }],
  ['a tag value that is a number', 'tags[0].Value', { roleArn, tags: { k: 7 } }],
  ['a tag without a value', 'tags[0]', { roleArn, tags: [{ Key: 'k' }] }],
  ['a tag that is null', 'tags[0]', { roleArn, tags: [null] }],
  ['a tag in lower case', 'tags[0].key', { roleArn, tags: [{ key: 'k', value: 'v' }] }],
  ['a tag key twice', 'tags[1].Key', { roleArn, tags: { Team: 'a', team: 'b' } }],
  ['a tag key twice, the other way round', 'tags[1].Key', { roleArn, tags: { team: 'a', TEAM: 'b' } }],
  ['transitive keys as text', 'transitiveTagKeys', { roleArn, transitiveTagKeys: 'team' }],
  ['an empty transitive key', 'transitiveTagKeys[0]', { roleArn, transitiveTagKeys: [''] }],
  ['an external id of one character', 'externalId', { roleArn, externalId: 'x' }],
  ['an external id with a space', 'externalId', { roleArn, externalId: 'x y' }],
  ['an external id of 1,225 characters', 'externalId', { roleArn, externalId: 'x'.repeat(1_225) }],
  ['a source identity with a colon', 'sourceIdentity', { roleArn, sourceIdentity: 'a:b' }],
  ['six contexts', 'providedContexts', { roleArn, providedContexts: Array(6).fill({}) }],
  ['an empty context', 'providedContexts[0]', { roleArn, providedContexts: [{}] }],
  ['MFA that is a code', 'mfa', { roleArn, mfa: '123456' }],
  ['MFA without a token', 'mfa', { roleArn, mfa: { serialNumber } }],
  ['MFA without a serial number', 'mfa', { roleArn, mfa: { token: '123456' } }],
  ['a short serial number', 'mfa.serialNumber', { roleArn, mfa: { serialNumber: 'x', token: '123456' } }],
  ['a code of five digits', 'mfa.token', { roleArn, mfa: { serialNumber, token: '12345' } }],
  ['a code of other digits', 'mfa.token', { roleArn, mfa: { serialNumber, token: '１２３４５６' } }],
  ['a code that is a number', 'mfa.token', { roleArn, mfa: { serialNumber, token: 123_456 } }],
  ['no time for a person', 'mfa.timeoutMs', { roleArn, mfa: { serialNumber, token: '123456', timeoutMs: 0 } }],
  ['an unknown part of mfa', 'mfa.code', { roleArn, mfa: { serialNumber, token: '123456', code: '123456' } }],
  ['a region with a dot', 'region', { roleArn, region: 'evil.example.com' }],
  ['an empty region', 'region', { roleArn, region: '' }],
  ['autoRefresh as text', 'autoRefresh', { roleArn, autoRefresh: 'no' }],
  ['refresh as a boolean', 'refresh', { roleArn, refresh: false }],
  ['an unknown part of refresh', 'refresh.window', { roleArn, refresh: { window: 1 } }],
  ['a client configuration that is none', 'stsClientConfig', { roleArn, stsClientConfig: 'fips' }],
];

const accepted: readonly (readonly [what: string, options: Partial<AssumeRoleOptions>])[] = [
  ['a path', { roleArn: 'arn:aws:iam::123456789012:role/team/app/deploy' }],
  [
    'a path of SSO',
    { roleArn: 'arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_X_1a' },
  ],
  ['China', { roleArn: 'arn:aws-cn:iam::123456789012:role/deploy' }],
  ['GovCloud', { roleArn: 'arn:aws-us-gov:iam::123456789012:role/deploy' }],
  ['an isolated partition', { roleArn: 'arn:aws-iso-b:iam::123456789012:role/deploy' }],
  ['every character of a name', { roleSessionName: 'aZ09_+=,.@-' }],
  ['12 hours', { durationSeconds: 43_200 }],
  ['a policy as text', { policy: ' {"Statement": []} ' }],
  ['a policy of 2,048 characters', { policy: { x: 'a'.repeat(2_040) } }],
  ['50 tags', { tags: Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }],
  ['tags in other scripts', { tags: { 'größe +': 'déjà vu' } }],
  ['transitive keys that are inherited', { transitiveTagKeys: ['project'] }],
  ['every character of an external id', { externalId: 'aZ09_+=,.@:/-' }],
  ['a serial number of a physical device', { mfa: { serialNumber: 'GAHT12345678', token: ' 123456\n' } }],
  [
    'a context',
    { providedContexts: [{ ProviderArn: 'arn:aws:iam::aws:contextProvider/X', ContextAssertion: 'abcd' }] },
  ],
];

function refusalOf(act: () => Session): { code: string; option: unknown; message: string } {
  try {
    act();
  } catch (error) {
    if (isBsmError(error)) return { code: error.code, option: error.details['option'], message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('options of assumeRole', () => {
  it.each(wrong)('refuse %s', (_, option, options) => {
    using sts = startStubSts();
    const assumeRole = createAssumeRole(sts);
    const refusal = refusalOf(() => assumeRole(sts.session, options as AssumeRoleOptions));
    expect(refusal).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', option });
    expect(sts.calls).toHaveLength(0);
    expect(refusal.message).toContain(`"${option}"`);
  });

  it.each(wrong.filter(([, option]) => option !== 'options'))(
    'refuse %s in a chain by hop and name',
    (_, option, hop) => {
      using sts = startStubSts();
      const assumeRoleChain = createAssumeRoleChain(sts);
      const hops = [{ roleArn }, hop as AssumeRoleOptions];
      expect(refusalOf(() => assumeRoleChain(sts.session, hops)).option).toBe(`hops[1].${option}`);
      expect(sts.calls).toHaveLength(0);
    },
  );

  it.each(accepted)('accept %s', async (_, options) => {
    using sts = startStubSts();
    await createAssumeRole(sts)(sts.session, { roleArn, ...options }).credentials();
    expect(sts.calls).toHaveLength(1);
  });

  it('never shows the value of an option', () => {
    using sts = startStubSts();
    const secret = 'hunter2 hunter2';
    for (const options of [
      { externalId: secret },
      { mfa: { serialNumber, token: secret } },
      { policy: secret },
      { region: secret },
    ]) {
      expect(refusalOf(() => createAssumeRole(sts)(sts.session, { roleArn, ...options })).message).not.toContain(
        'hunter2',
      );
    }
  });

  it.each([undefined, null, 'session', {}, { region: 'eu-west-1' }])('refuse %o as a source', (source) => {
    using sts = startStubSts();
    const refusal = refusalOf(() => createAssumeRole(sts)(source as unknown as Session, { roleArn }));
    expect(refusal.code).toBe('ERR_BSM_OPTION_INVALID');
  });

  it('refuse more than an hour when the source is a role, whatever region it is in', () => {
    using sts = startStubSts();
    const assumeRole = createAssumeRole(sts);
    const hub = assumeRole(sts.session, { roleArn, durationSeconds: 43_200 });
    for (const source of [hub, hub.withRegion('eu-west-1'), hub.derive({ credentials: hub.credentials })]) {
      const refusal = refusalOf(() => assumeRole(source, { roleArn, durationSeconds: 3_601 }));
      expect(refusal).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', option: 'durationSeconds' });
      assumeRole(source, { roleArn, durationSeconds: 3_600 });
    }
    expect(sts.calls).toHaveLength(0);
  });
});

describe('options as boto_session_manager takes them', () => {
  const { cases, roleArn: recordedRoleArn } = pythonCases().assumeRole;
  const names: Record<string, string> = {
    role_session_name: 'roleSessionName',
    transitive_tag_keys: 'transitiveTagKeys',
    external_id: 'externalId',
    source_identity: 'sourceIdentity',
    region_name: 'region',
    tags: 'tags',
  };
  const translate = (kwargs: Readonly<Record<string, unknown>>): AssumeRoleOptions => {
    const options: Record<string, unknown> = { roleArn: recordedRoleArn };
    for (const [name, value] of Object.entries(kwargs)) if (names[name]) options[names[name]] = value ?? undefined;
    if (kwargs['mfa_serial_number']) {
      options['mfa'] = { serialNumber: kwargs['mfa_serial_number'], token: kwargs['mfa_token'] };
    }
    return options as unknown as AssumeRoleOptions;
  };

  it.each(cases.filter(({ request }) => request))('send the same for $kwargs', async ({ kwargs, request, child }) => {
    using sts = startStubSts();
    const session = createAssumeRole(sts)(sts.session, translate(kwargs));
    await session.credentials();
    // Not sent unless given: STS's own default is the same 3,600 seconds. A name that was not given is random in both.
    const { DurationSeconds: _, RoleSessionName, ...rest } = request!;
    expect(sts.calls[0]?.parameters).toMatchObject(rest);
    if (kwargs['role_session_name']) expect(sts.calls[0]?.parameters).toMatchObject({ RoleSessionName });
    expect(await session.region()).toBe(child?.aws_region);
  });

  it('refuse the session name that botocore refuses', () => {
    using sts = startStubSts();
    const [refused] = cases.filter(({ request, status }) => !request && status === 'match');
    expect(() => createAssumeRole(sts)(sts.session, translate(refused!.kwargs))).toThrow(/"roleSessionName"/);
  });

  it.each(cases.filter(({ status }) => status === 'upstream-bug'))(
    'send what fails upstream: $kwargs',
    async ({ kwargs }) => {
      using sts = startStubSts();
      await createAssumeRole(sts)(sts.session, translate(kwargs)).credentials();
      const externalId = kwargs['external_id'];
      expect(sts.calls[0]?.parameters.ExternalId).toBe(externalId);
      expect(sts.calls[0]?.parameters).not.toHaveProperty('Tags');
    },
  );
});
