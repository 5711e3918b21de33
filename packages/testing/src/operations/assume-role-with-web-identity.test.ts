import {
  AssumeRoleWithWebIdentityCommand,
  type AssumeRoleWithWebIdentityCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { assume, refusal, sessionOf, sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';
import type { FakeIdentityProvider, TokenOptions } from '../world/add-identity-provider.js';
import type { FakeRole } from '../world/add-role.js';

const ACCOUNT = '123456789012';
const URL = 'https://token.actions.githubusercontent.com';
const ISSUER = 'token.actions.githubusercontent.com';

let aws: FakeAws;
let github: FakeIdentityProvider;
let role: FakeRole;

beforeEach(async () => {
  aws = await startFakeAws();
  github = aws.addIdentityProvider({ accountId: ACCOUNT, url: URL });
  role = aws.addRole({
    accountId: ACCOUNT,
    roleName: 'ci',
    trustPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: github.arn },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' },
          StringLike: { [`${ISSUER}:sub`]: 'repo:octo/app:*' },
        },
      },
    },
  });
});

afterEach(() => aws.close());

const config = () => ({
  endpoint: aws.endpoint,
  region: 'us-east-1',
  // Not asked for: the operation is not signed.
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
});

const call = (input: Partial<AssumeRoleWithWebIdentityCommandInput> = {}) =>
  sts(config()).send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: role.arn,
      RoleSessionName: 'run-1',
      WebIdentityToken: github.token({ sub: 'repo:octo/app:ref:refs/heads/main' }),
      ...input,
    }),
  );

test('a session for a token', async () => {
  const output = await call({ DurationSeconds: 900 });
  expect(output).toMatchObject({
    AssumedRoleUser: { Arn: role.sessionArn('run-1') },
    SubjectFromWebIdentityToken: 'repo:octo/app:ref:refs/heads/main',
    Audience: 'sts.amazonaws.com',
    Provider: `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`,
    Credentials: { Expiration: new Date(aws.clock.now() + 900_000) },
  });
  const session = sessionOf(config(), output);
  expect(await sts(session).send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: role.sessionArn('run-1') });
  const next = aws.addRole({ accountId: ACCOUNT, roleName: 'next', maxSessionDuration: 7200 });
  expect(await refusal(assume(session, { RoleArn: next.arn }))).toBeUndefined();
  expect(await refusal(assume(session, { RoleArn: next.arn, DurationSeconds: 7200 }))).toMatchObject({
    code: 'ValidationError',
  });
  expect(aws.requests[0]?.params['WebIdentityToken']).toBe('***');
});

const NO_JWT = /^The ID Token provided is not a valid JWT/;
const NOT_AUTHORIZED = /^Not authorized to perform sts:AssumeRoleWithWebIdentity$/;
const stranger = (): string =>
  aws.addIdentityProvider({ accountId: '111122223333', url: 'https://example.com' }).token({ sub: 'x' });
const token = (options: Partial<TokenOptions>) => ({
  WebIdentityToken: github.token({ sub: 'repo:octo/app:x', ...options }),
});
const ofAwsPrincipals = (): FakeRole => aws.addRole({ accountId: ACCOUNT, roleName: 'other', trust: '*' });

it.each<[string, () => Partial<AssumeRoleWithWebIdentityCommandInput>, string, number, RegExp]>([
  ['junk as token', () => ({ WebIdentityToken: 'junk' }), 'InvalidIdentityToken', 400, NO_JWT],
  ['junk in three parts', () => ({ WebIdentityToken: 'a.b.c' }), 'InvalidIdentityToken', 400, NO_JWT],
  ['claims that are no object', () => ({ WebIdentityToken: 'a.NQ.c' }), 'InvalidIdentityToken', 400, NO_JWT],
  ['claims that lack most', () => ({ WebIdentityToken: 'a.e30.c' }), 'InvalidIdentityToken', 400, NO_JWT],
  [
    'a provider of another account',
    () => ({ WebIdentityToken: stranger() }),
    'InvalidIdentityToken',
    400,
    /^No OpenIDConnect provider .* https:\/\/example.com$/,
  ],
  ['a token that was changed', () => ({ WebIdentityToken: forged() }), 'InvalidIdentityToken', 400, /signature/],
  [
    'another audience',
    () => token({ aud: 'https://github.com/octo' }),
    'InvalidIdentityToken',
    400,
    /^Incorrect token audience$/,
  ],
  ['a token that has ended', () => token({ expiresInMs: -1000 }), 'ExpiredToken', 400, /^Token expired/],
  ['a subject that is not trusted', () => token({ sub: 'repo:mallory/app:x' }), 'AccessDenied', 403, NOT_AUTHORIZED],
  [
    'a role that does not exist',
    () => ({ RoleArn: `arn:aws:iam::${ACCOUNT}:role/nobody` }),
    'AccessDenied',
    403,
    NOT_AUTHORIZED,
  ],
  [
    'a role that trusts AWS principals',
    () => ({ RoleArn: ofAwsPrincipals().arn }),
    'AccessDenied',
    403,
    NOT_AUTHORIZED,
  ],
  ['no token', () => ({ WebIdentityToken: undefined }), 'ValidationError', 400, /'webIdentityToken'/],
  [
    'a duration above that of the role',
    () => ({ DurationSeconds: 7200 }),
    'ValidationError',
    400,
    /MaxSessionDuration/,
  ],
  ['a session name with a space', () => ({ RoleSessionName: 'a b' }), 'ValidationError', 400, /'roleSessionName'/],
  [
    'the ARN of a user',
    () => ({ RoleArn: `arn:aws:iam::${ACCOUNT}:user/alice` }),
    'ValidationError',
    400,
    /is invalid$/,
  ],
])('%s: refused', async (_, input, code, status, message) => {
  expect(await refusal(call(input()))).toEqual({ code, status, message: expect.stringMatching(message) });
});

/** A token with the signature of another one. */
function forged(): string {
  const [header, , signature] = github.token({ sub: 'repo:octo/app:x' }).split('.');
  const [, payload] = github.token({ sub: 'repo:octo/app:admin' }).split('.');
  return [header, payload, signature].join('.');
}

test('the token ends by the virtual clock', async () => {
  const WebIdentityToken = github.token({ sub: 'repo:octo/app:x' });
  aws.clock.advance(3_600_000);
  expect(await refusal(call({ WebIdentityToken }))).toMatchObject({
    code: 'ExpiredToken',
    message: expect.stringMatching(
      /^Token expired: current date\/time \d+ must be before the expiration date\/time \d+$/,
    ),
  });
});

test('one issuer serves several accounts', async () => {
  const provider = aws.addIdentityProvider({ accountId: '111122223333', url: URL });
  const other = aws.addRole({
    accountId: '111122223333',
    roleName: 'ci',
    trustPolicy: {
      Statement: { Effect: 'Allow', Principal: { Federated: provider.arn }, Action: 'sts:AssumeRoleWithWebIdentity' },
    },
  });
  expect(await refusal(call({ RoleArn: other.arn }))).toBeUndefined();
});

it.each<[string, string, () => unknown]>([
  ['a provider without https', 'url', () => aws.addIdentityProvider({ accountId: ACCOUNT, url: 'http://x.example' })],
  ['a provider twice', 'url', () => aws.addIdentityProvider({ accountId: ACCOUNT, url: URL })],
  [
    'no client id',
    'clientIds',
    () => aws.addIdentityProvider({ accountId: ACCOUNT, url: 'https://x.example', clientIds: [] }),
  ],
  ['a token without a subject', 'sub', () => github.token({} as never)],
])('%s is refused', (_, option, act) => {
  expect(act).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', option }));
});
