import { ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import {
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type GetSessionTokenCommandInput,
} from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import type { FakeClientConfig } from '../client-config.js';
import { assume, iam, refusal, sessionOf, sts } from '../fixtures/sdk.js';
import { type FakeAws, startFakeAws } from '../start-fake-aws.js';
import type { FakeUser } from '../world/add-user.js';

let aws: FakeAws;
let alice: FakeUser;

beforeEach(async () => {
  aws = await startFakeAws();
  alice = aws.addUser({ accountId: '111122223333', userName: 'alice', mfaSerial: true });
});

afterEach(() => aws.close());

const get = (config: FakeClientConfig, input: GetSessionTokenCommandInput = {}) =>
  sts(config).send(new GetSessionTokenCommand(input));

const withMfa = (): GetSessionTokenCommandInput => ({
  SerialNumber: alice.mfaDevice!.serialNumber,
  TokenCode: alice.mfaDevice!.code(),
});

const session = async (input: GetSessionTokenCommandInput = {}): Promise<FakeClientConfig> =>
  sessionOf(aws.clientConfig(alice), await get(aws.clientConfig(alice), input));

test('the same user for twelve hours', async () => {
  const config = await session();
  expect(await sts(config).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: alice.arn,
    UserId: alice.userId,
  });
  aws.clock.advance(43_199_999);
  expect(await refusal(sts(config).send(new GetCallerIdentityCommand({})))).toBeUndefined();
  aws.clock.advance(1);
  expect(await refusal(sts(config).send(new GetCallerIdentityCommand({})))).toMatchObject({ code: 'ExpiredToken' });
});

it.each([[900], [129_600]])('for %i seconds', async (DurationSeconds) => {
  const { Credentials } = await get(aws.clientConfig(alice), { DurationSeconds });
  expect(Credentials?.Expiration?.getTime()).toBe(aws.clock.now() + DurationSeconds * 1000);
});

it.each([[899], [129_601]])('not for %i seconds', async (DurationSeconds) => {
  const answer = await refusal(get(aws.clientConfig(alice), { DurationSeconds }));
  expect(answer).toMatchObject({
    code: 'ValidationError',
    status: 400,
    message: expect.stringContaining('durationSeconds'),
  });
});

test('a root user gets an hour', async () => {
  const { Credentials } = await get(aws.clientConfig('arn:aws:iam::111122223333:root'), { DurationSeconds: 7200 });
  expect(Credentials?.Expiration?.getTime()).toBe(aws.clock.now() + 3_600_000);
});

test('not with temporary credentials', async () => {
  expect(await refusal(get(await session()))).toEqual({
    code: 'AccessDenied',
    status: 403,
    message: 'Cannot call GetSessionToken with session credentials',
  });
});

test('needs no permission', async () => {
  alice.setPermissions([]);
  expect(await refusal(session())).toBeUndefined();
});

test('a wrong MFA code', async () => {
  const input = { ...withMfa(), SerialNumber: 'arn:aws:iam::111122223333:mfa/nobody' };
  expect(await refusal(session(input))).toMatchObject({ code: 'AccessDenied' });
});

test('a session with MFA opens roles that want it, and IAM; one without does not', async () => {
  const role = aws.addRole({ accountId: '444455556666', roleName: 'ops', trust: { principals: alice.arn, mfa: true } });
  const aliases = (config: FakeClientConfig) => refusal(iam(config).send(new ListAccountAliasesCommand({})));
  const [plain, strong] = [await session(), await session(withMfa())];
  expect(await refusal(assume(plain, { RoleArn: role.arn }))).toMatchObject({ code: 'AccessDenied' });
  expect(await refusal(assume(strong, { RoleArn: role.arn }))).toBeUndefined();
  expect(await aliases(plain)).toMatchObject({ code: 'InvalidClientTokenId', status: 403 });
  expect(await aliases(strong)).toBeUndefined();
});
