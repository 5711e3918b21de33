import { createHash } from 'node:crypto';
import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import {
  AssumeRoleWithSAMLCommand,
  type AssumeRoleWithSAMLCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { assume, iam, refusal, s3, sessionOf, sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';
import type { FakeRole } from '../world/add-role.js';
import type { FakeSamlProvider, SamlAssertionOptions } from '../world/add-saml-provider.js';

const ACCOUNT = '123456789012';
const SIGN_IN = 'https://signin.aws.amazon.com/saml';

let aws: FakeAws;
let company: FakeSamlProvider;
let role: FakeRole;

beforeEach(async () => {
  aws = await startFakeAws();
  company = aws.addSamlProvider({ accountId: ACCOUNT, name: 'company' });
  role = addStaffRole('staff', { 'SAML:aud': SIGN_IN });
});

afterEach(() => aws.close());

const addStaffRole = (roleName: string, conditions: Record<string, string>, maxSessionDuration?: number): FakeRole =>
  aws.addRole({
    accountId: ACCOUNT,
    roleName,
    maxSessionDuration,
    trustPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: company.arn },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: conditions },
      },
    },
  });

const config = () => ({
  endpoint: aws.endpoint,
  region: 'us-east-1',
  // Not asked for: the operation is not signed.
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
});

const assertion = (options: Partial<SamlAssertionOptions> = {}): string =>
  company.assertion({ roles: role.arn, roleSessionName: 'alice', ...options });

const call = (input: Partial<AssumeRoleWithSAMLCommandInput> = {}) =>
  sts(config()).send(
    new AssumeRoleWithSAMLCommand({
      RoleArn: role.arn,
      PrincipalArn: company.arn,
      SAMLAssertion: assertion(),
      ...input,
    }),
  );

const lifetime = async (input: Partial<AssumeRoleWithSAMLCommandInput>): Promise<number> =>
  ((await call(input)).Credentials!.Expiration!.getTime() - aws.clock.now()) / 1000;

describe('a session', () => {
  test('is answered with all that AWS tells', async () => {
    const { $metadata: _, Credentials, ...rest } = await call({ DurationSeconds: 900 });
    expect(rest).toEqual({
      AssumedRoleUser: { Arn: role.sessionArn('alice'), AssumedRoleId: `${role.userId}:alice` },
      Subject: 'alice',
      SubjectType: 'persistent',
      Issuer: 'https://idp.example.com/saml',
      Audience: SIGN_IN,
      NameQualifier: createHash('sha1').update(`https://idp.example.com/saml${ACCOUNT}/company`).digest('base64'),
    });
    expect(Credentials?.Expiration).toEqual(new Date(aws.clock.now() + 900_000));
    expect(aws.requests[0]?.params['SAMLAssertion']).toBe('***');
  });

  test('is one of the role, from which another is chained for an hour at most', async () => {
    const session = sessionOf(config(), await call());
    expect(await sts(session).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: role.sessionArn('alice') });
    const next = aws.addRole({ accountId: ACCOUNT, roleName: 'next', maxSessionDuration: 7200 });
    expect(await refusal(assume(session, { RoleArn: next.arn }))).toBeUndefined();
    expect(await refusal(assume(session, { RoleArn: next.arn, DurationSeconds: 7200 }))).toMatchObject({
      code: 'ValidationError',
    });
    aws.clock.advance(3_600_000);
    expect(await refusal(sts(session).send(new GetCallerIdentityCommand({})))).toMatchObject({ code: 'ExpiredToken' });
  });

  test('needs no signature and no credentials', async () => {
    const body = new URLSearchParams({
      Action: 'AssumeRoleWithSAML',
      Version: '2011-06-15',
      RoleArn: role.arn,
      PrincipalArn: company.arn,
      SAMLAssertion: assertion(),
    });
    expect((await fetch(aws.endpoint, { method: 'POST', body })).status).toBe(200);
  });

  test('may be asked for again while the assertion is fresh', async () => {
    const SAMLAssertion = assertion();
    aws.clock.advance(299_000);
    const [one, two] = [await call({ SAMLAssertion }), await call({ SAMLAssertion })];
    expect(one.Credentials?.AccessKeyId).not.toBe(two.Credentials?.AccessKeyId);
  });

  test('tells whatever the identity provider calls its user', async () => {
    const subject = `<o'Neil & "co"> Recipient="x"`;
    expect(await call({ SAMLAssertion: assertion({ subject, nameIdFormat: 'urn:example:badge' }) })).toMatchObject({
      Subject: subject,
      SubjectType: 'urn:example:badge',
      Audience: SIGN_IN,
    });
  });

  test('keeps to its policies', async () => {
    const Policy = JSON.stringify({ Statement: { Effect: 'Allow', Action: 'iam:*', Resource: '*' } });
    const output = await call({ Policy, PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }] });
    expect(output.PackedPolicySize).toBeGreaterThan(0);
    const session = sessionOf(config(), output);
    expect(await refusal(iam(session).send(new ListAccountAliasesCommand({})))).toBeUndefined();
    expect(await refusal(s3(session).send(new ListBucketsCommand({})))).toMatchObject({ code: 'AccessDenied' });
  });
});

it.each<[string, Partial<SamlAssertionOptions>, number | undefined, number]>([
  ['an hour when nobody says', {}, undefined, 3600],
  ['what the caller says', {}, 7200, 7200],
  ['SessionDuration when that is less', { durationSeconds: 1200 }, 7200, 1200],
  ['SessionDuration instead of an hour', { durationSeconds: 900 }, undefined, 900],
  ['not SessionDuration when that is more', { durationSeconds: 43_200 }, undefined, 3600],
  ['until SessionNotOnOrAfter', { sessionEndsInMs: 600_000, durationSeconds: 1200 }, 7200, 600],
])('lives %s', async (_, options, DurationSeconds, seconds) => {
  const long = addStaffRole('long', { 'SAML:aud': SIGN_IN }, 7200);
  const SAMLAssertion = assertion({ roles: long.arn, ...options });
  expect(await lifetime({ RoleArn: long.arn, SAMLAssertion, DurationSeconds })).toBe(seconds);
});

/** An assertion with some text of it replaced. */
function tampered(from: string | RegExp, to: string, options?: Partial<SamlAssertionOptions>): string {
  const before = Buffer.from(assertion(options), 'base64').toString();
  const after = before.replace(from, () => to);
  expect(after).not.toBe(before);
  return Buffer.from(after).toString('base64');
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const says = (options: Partial<SamlAssertionOptions>) => ({ SAMLAssertion: assertion(options) });
const stranger = (issuer: string): string =>
  aws
    .addSamlProvider({ accountId: '111122223333', name: 'other', issuer })
    .assertion({ roles: role.arn, roleSessionName: 'alice' });
const to = ({ arn }: FakeRole) => ({ RoleArn: arn, SAMLAssertion: assertion({ roles: arn }) });

const UNSIGNED = /^Response signature invalid$/;
const NOT_AUTHORIZED = /^Not authorized to perform sts:AssumeRoleWithSAML$/;

describe('an assertion that is not believed', () => {
  it.each<[string, () => Partial<AssumeRoleWithSAMLCommandInput>, RegExp]>([
    ['no base64', () => ({ SAMLAssertion: '<junk>' }), /base64/],
    ['junk in base64', () => ({ SAMLAssertion: base64('junk') }), /^Invalid SAML response$/],
    ['other XML', () => ({ SAMLAssertion: base64('<saml:Issuer x="">a</saml:Issuer>') }), /^Invalid SAML response$/],
    ['without its signature', () => ({ SAMLAssertion: tampered(/<ds:Signature .*<\/ds:Signature>/, '') }), UNSIGNED],
    ['with another role', () => ({ SAMLAssertion: tampered(/role\/staff/, 'role/admin') }), UNSIGNED],
    ['with another user', () => ({ SAMLAssertion: tampered(/alice/, 'mallory') }), UNSIGNED],
    ['with another status', () => ({ SAMLAssertion: tampered('Failed', 'Success', { status: 'Failed' }) }), UNSIGNED],
    ['with another digest', () => ({ SAMLAssertion: tampered(/DigestValue>./, 'DigestValue>?') }), UNSIGNED],
    ['with a second assertion inside the signature', () => ({ SAMLAssertion: wrapped() }), UNSIGNED],
    ['with the signature of another', () => ({ SAMLAssertion: spliced() }), UNSIGNED],
    [
      'of another issuer',
      () => ({ SAMLAssertion: stranger('urn:other') }),
      /^Issuer not present in specified provider$/,
    ],
    [
      'with another signature value',
      () => ({ SAMLAssertion: tampered(/SignatureValue>.{8}/, 'SignatureValue>AAAAAAAA') }),
      UNSIGNED,
    ],
    ['of an unknown provider', () => ({ PrincipalArn: `${company.arn}2` }), /^Specified provider doesn't exist$/],
    ['for another audience', () => says({ audience: 'https://sp.example.com' }), /required audience/],
    ['for another role', () => says({ roles: `${role.arn}2` }), /doesn't contain the requested Role/],
    ['for no role', () => says({ roles: [] }), /doesn't contain the requested Role/],
    ['with a session name of spaces', () => says({ roleSessionName: 'a b' }), /^RoleSessionName in AuthnResponse must/],
    ['with a short session name', () => says({ roleSessionName: 'a' }), /^RoleSessionName in AuthnResponse must/],
  ])('%s', async (_, input, message) => {
    expect(await refusal(call(input()))).toEqual({
      code: 'InvalidIdentityToken',
      status: 400,
      message: expect.stringMatching(message),
    });
  });

  const signature = /<ds:Signature .*<\/ds:Signature>/;
  const xml = (text: string): string => Buffer.from(text, 'base64').toString();

  function wrapped(): string {
    const own = xml(assertion());
    const inner = own.replace(signature, '').replaceAll('alice', 'mallory');
    return base64(own.replace('</ds:Signature>', `${inner}</ds:Signature>`));
  }

  function spliced(): string {
    const [other] = signature.exec(xml(assertion({ subject: 'somebody' })))!;
    return base64(xml(assertion()).replace(signature, other));
  }

  test('of somebody who only claims to be the identity provider', async () => {
    await using elsewhere = await startFakeAws({ startAt: new Date(aws.clock.now()) });
    const forger = elsewhere.addSamlProvider({ accountId: ACCOUNT, name: company.name, issuer: company.issuer });
    const SAMLAssertion = forger.assertion({ roles: role.arn, roleSessionName: 'alice' });
    expect(await refusal(call({ SAMLAssertion }))).toMatchObject({
      code: 'InvalidIdentityToken',
      message: expect.stringMatching(UNSIGNED),
    });
  });
});

it.each<[string, () => Partial<AssumeRoleWithSAMLCommandInput>, string, number, RegExp]>([
  ['the identity provider said no', () => says({ status: 'AuthnFailed' }), 'IDPRejectedClaim', 403, /AuthnFailed/],
  ['an assertion that has ended', () => says({ expiresInMs: -1 }), 'ExpiredToken', 400, /^Response has expired$/],
  [
    'a role that does not exist',
    () => to({ ...role, arn: `arn:aws:iam::${ACCOUNT}:role/nobody` }),
    'AccessDenied',
    403,
    NOT_AUTHORIZED,
  ],
  [
    'a role that trusts AWS principals',
    () => to(aws.addRole({ accountId: ACCOUNT, roleName: 'other', trust: '*' })),
    'AccessDenied',
    403,
    NOT_AUTHORIZED,
  ],
  [
    'a recipient that is not trusted',
    () => says({ recipient: 'https://eu-west-1.signin.aws.amazon.com/saml' }),
    'AccessDenied',
    403,
    NOT_AUTHORIZED,
  ],
  [
    'a subject that is not trusted',
    () => to(addStaffRole('bob', { 'SAML:sub': 'bob' })),
    'AccessDenied',
    403,
    NOT_AUTHORIZED,
  ],
  ['a role that trusts another provider', () => to(trustingAnother()), 'AccessDenied', 403, NOT_AUTHORIZED],
  ['no assertion', () => ({ SAMLAssertion: undefined }), 'ValidationError', 400, /null at 'sAMLAssertion'/],
  ['a short assertion', () => ({ SAMLAssertion: 'abc' }), 'ValidationError', 400, /greater than or equal to 4$/],
  ['no provider', () => ({ PrincipalArn: undefined }), 'ValidationError', 400, /null at 'principalArn'/],
  ['junk as provider', () => ({ PrincipalArn: 'x'.repeat(20) }), 'ValidationError', 400, /^Request ARN is invalid$/],
  ['a role as provider', () => ({ PrincipalArn: role.arn }), 'ValidationError', 400, /:role\/staff is invalid$/],
  [
    'a provider as role',
    () => ({ RoleArn: company.arn }),
    'ValidationError',
    400,
    /saml-provider\/company is invalid$/,
  ],
  ['a duration below a quarter', () => ({ DurationSeconds: 899 }), 'ValidationError', 400, /'durationSeconds'/],
  [
    'a duration above that of the role',
    () => ({ DurationSeconds: 3601 }),
    'ValidationError',
    400,
    /MaxSessionDuration/,
  ],
  ['a policy that is none', () => ({ Policy: '{}' }), 'MalformedPolicyDocument', 400, /Syntax/],
])('%s: refused', async (_, input, code, status, message) => {
  expect(await refusal(call(input()))).toEqual({ code, status, message: expect.stringMatching(message) });
});

function trustingAnother(): FakeRole {
  const { arn: Federated } = aws.addSamlProvider({ accountId: ACCOUNT, name: 'partner' });
  const Action = 'sts:AssumeRoleWithSAML';
  const trustPolicy = { Statement: { Effect: 'Allow', Principal: { Federated }, Action } } as const;
  return aws.addRole({ accountId: ACCOUNT, roleName: 'partners', trustPolicy });
}

test('an assertion is taken for five minutes of the virtual clock, whatever it says itself', async () => {
  const SAMLAssertion = assertion({ expiresInMs: 3_600_000 });
  aws.clock.advance(300_000);
  const error = await call({ SAMLAssertion }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'ExpiredTokenException',
    message: 'Token must be redeemed within 5 minutes of issuance',
  });
});

test('one identity provider serves several accounts with one assertion', async () => {
  const elsewhere = aws.addSamlProvider({ accountId: '111122223333', name: 'corp' });
  const other = aws.addRole({
    accountId: '111122223333',
    roleName: 'staff',
    trustPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: elsewhere.arn },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:doc': '111122223333/corp' } },
      },
    },
  });
  const SAMLAssertion = assertion({ roles: [role.arn, other.arn] });
  expect(await refusal(call({ SAMLAssertion }))).toBeUndefined();
  expect(await refusal(call({ SAMLAssertion, RoleArn: other.arn, PrincipalArn: elsewhere.arn }))).toBeUndefined();
  expect(await refusal(call({ SAMLAssertion, RoleArn: other.arn }))).toMatchObject({ code: 'InvalidIdentityToken' });
});

test.each([
  ['aws-cn', 'https://signin.amazonaws.cn/saml', 'urn:amazon:webservices:cn-north-1'],
  ['aws-us-gov', 'https://signin.amazonaws-us-gov.com/saml', 'urn:amazon:webservices:govcloud'],
])('an assertion for %s', (partition, recipient, audience) => {
  const provider = aws.addSamlProvider({ accountId: '444455556666', name: 'company', partition });
  const text = Buffer.from(provider.assertion({ roles: role.arn, roleSessionName: 'alice' }), 'base64').toString();
  expect(provider.arn).toBe(`arn:${partition}:iam::444455556666:saml-provider/company`);
  expect(text).toContain(` Recipient="${recipient}"`);
  expect(text).toContain(`<saml:Audience>${audience}</saml:Audience>`);
});

it.each<[string, string, () => unknown]>([
  ['a provider twice', 'name', () => aws.addSamlProvider({ accountId: ACCOUNT, name: 'company' })],
  ['a name with a slash', 'name', () => aws.addSamlProvider({ accountId: ACCOUNT, name: 'a/b' })],
  ['an issuer with a space', 'issuer', () => aws.addSamlProvider({ accountId: ACCOUNT, name: 'x', issuer: 'a b' })],
  ['an assertion without roles', 'roles', () => company.assertion({ roleSessionName: 'alice' } as never)],
  ['a recipient with a quote', 'recipient', () => assertion({ recipient: '"' })],
  ['an unknown claim', 'colour', () => assertion({ colour: 'red' } as never)],
])('%s is refused', (_, option, act) => {
  expect(act).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', option }));
});
