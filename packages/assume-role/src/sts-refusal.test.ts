import { inspect } from 'node:util';
import { type BsmError, isBsmError, type Session } from '@bsm/core-cache';
import type { FaultRule } from '@bsm/testing';
import { describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import type { AssumeRoleOptions } from './assume-role-options.js';
import { createAssumeRole } from './create-assume-role.js';
import { type RoleOptions, startFakeWorld } from './fixtures/fake-world.js';
import { EXAMPLE_KEYS, startStubSts } from './fixtures/stub-sts.js';

const fast = { maxAttempts: 1 };

/** AWS does not say which of its conditions does not hold. */
const CONDITIONS = /Check options\.externalId, options\.mfa, trust policy and permissions\.$/;

const TOKEN = 'IQoJb3JpZ2luX2VjEXAMPLETOKEN';
const ANSWER = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>${EXAMPLE_KEYS.secretAccessKey}</SecretAccessKey>`;

async function errorOf(session: Session): Promise<BsmError> {
  const error = await session.credentials().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isBsmError(error)) return error;
  throw new Error('no BsmError', { cause: error });
}

/** Everything that a log, a debugger or an error reporter could get out of an error. */
function everythingOf(error: unknown): string {
  const seen = new Set<unknown>();
  const walk = (value: unknown): string => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return String(value);
    seen.add(value);
    return Reflect.ownKeys(value)
      .map((key) => `${String(key)}: ${walk(Reflect.get(value, key))}`)
      .join('\n');
  };
  return [inspect(error, { depth: 20, showHidden: true }), JSON.stringify(error), String(error), walk(error)].join(
    '\n',
  );
}

describe('what a refused role says', () => {
  it.each<[string, RoleOptions, Omit<AssumeRoleOptions, 'roleArn'>, string, RegExp]>([
    ['a trust that names others', { principals: '123456789012' }, {}, 'ERR_BSM_ACCESS_DENIED', CONDITIONS],
    ['a missing external id', { externalId: 'partner-7' }, {}, 'ERR_BSM_ACCESS_DENIED', CONDITIONS],
    [
      'a wrong external id',
      { externalId: 'partner-7' },
      { externalId: 'partner-8' },
      'ERR_BSM_ACCESS_DENIED',
      CONDITIONS,
    ],
    ['a missing MFA code', { mfa: true }, {}, 'ERR_BSM_ACCESS_DENIED', CONDITIONS],
    ['tags that are not trusted', {}, { tags: { a: 'b' } }, 'ERR_BSM_ACCESS_DENIED', CONDITIONS],
    ['a source identity that is not trusted', {}, { sourceIdentity: 'alice' }, 'ERR_BSM_ACCESS_DENIED', CONDITIONS],
    [
      'a duration above the maximum',
      {},
      { durationSeconds: 7_200 },
      'ERR_BSM_REQUEST_REJECTED',
      /Pass a smaller durationSeconds/,
    ],
  ])('names the likely reason: %s', async (_, role, options, code, advice) => {
    await using world = await startFakeWorld({ clientDefaults: fast });
    const { arn } = world.addRole('deploy', role);
    const error = await errorOf(assumeRole(world.session, { roleArn: arn, ...options }));
    expect(error.code).toBe(code);
    expect(error.retryable).toBe(false);
    expect(error.message).toMatch(/^Cannot assume role "deploy" in account 44\*{8}66: /);
    expect(error.message).toMatch(advice);
    expect(error.details).toMatchObject({ statusCode: expect.any(Number), requestId: expect.any(String), attempts: 1 });
    expect(everythingOf(error)).not.toMatch(/partner-|444455556666|111122223333/);
  });

  it('says that a wrong MFA code was refused, and never which', async () => {
    await using world = await startFakeWorld({ clientDefaults: fast });
    const { arn } = world.addRole('deploy', { mfa: true });
    const device = world.alice.mfaDevice!;
    const wrong = String((Number(device.code()) + 1) % 1_000_000).padStart(6, '0');
    const mfa = { serialNumber: device.serialNumber, token: () => wrong };
    const error = await errorOf(assumeRole(world.session, { roleArn: arn, mfa }));
    expect(error).toMatchObject({ code: 'ERR_BSM_ACCESS_DENIED', retryable: false });
    expect(error.message).toMatch(/Check options\.mfa; each code works once\.$/);
    expect(everythingOf(error)).not.toContain(wrong);
  });

  it('does not blame the role when the source is rejected', async () => {
    await using world = await startFakeWorld({ clientDefaults: fast });
    const { arn } = world.addRole('deploy');
    world.alice.accessKey.setActive(false);
    const error = await errorOf(assumeRole(world.session, { roleArn: arn }));
    expect(error.code).toBe('ERR_BSM_CREDENTIALS_REJECTED');
    expect(error.code).toBe('ERR_BSM_CREDENTIALS_REJECTED');
  });

  it.each<[string, FaultRule, string, boolean]>([
    ['throttled', { kind: 'throttle' }, 'ERR_BSM_THROTTLED', true],
    ['500', { kind: '500' }, 'ERR_BSM_SERVICE_FAILED', true],
    ['reset', { kind: 'reset' }, 'ERR_BSM_ENDPOINT_UNREACHABLE', true],
    ['reset in the body', { kind: 'reset', when: 'body' }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['truncated', { kind: 'truncated' }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['malformed', { kind: 'malformed' }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['no credentials', { kind: 'missing', fields: ['Credentials'] }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['no key', { kind: 'missing', fields: ['AccessKeyId'] }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['no secret', { kind: 'missing', fields: ['SecretAccessKey'] }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['no token', { kind: 'missing', fields: ['SessionToken'] }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['no expiration', { kind: 'missing', fields: ['Expiration'] }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['junk as expiration', { kind: 'expired-credentials', expiration: 'tomorrow' }, 'ERR_BSM_RESPONSE_INVALID', true],
    ['expired credentials', { kind: 'expired-credentials' }, 'ERR_BSM_CREDENTIALS_EXPIRED', true],
    [
      'a region that is switched off',
      { kind: 'error', status: 403, code: 'RegionDisabledException', message: 'STS is not activated in this region' },
      'ERR_BSM_ACCESS_DENIED',
      false,
    ],
  ])('is typed, and the next good answer is used: %s', async (_, fault, code, retryable) => {
    await using world = await startFakeWorld({ clientDefaults: fast });
    const { arn } = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: arn });
    const endFault = world.aws.fault(fault);
    expect(await errorOf(session)).toMatchObject({ code, retryable });
    endFault();
    world.aws.clock.advance(5_000);
    expect((await session.credentials()).accessKeyId).toMatch(/^ASIA/);
  });

  it.each([
    ['truncated in the token', `${ANSWER}<SessionToken>${TOKEN}`],
    ['truncated behind the secret', ANSWER],
    ['without the token', `${ANSWER}</Credentials></AssumeRoleResult></AssumeRoleResponse>`],
    ['with junk at the end', `${ANSWER}<SessionToken>${TOKEN}</SessionToken></Credentials></X>`],
  ])('lets no secret out of an answer that is %s', async (_, body) => {
    await using world = await startFakeWorld({ clientDefaults: fast });
    const { arn } = world.addRole('deploy', { externalId: 'partner-secret-7', mfa: true });
    const device = world.alice.mfaDevice!;
    const code = device.code();
    const session = assumeRole(world.session, {
      roleArn: arn,
      externalId: 'partner-secret-7',
      mfa: { serialNumber: device.serialNumber, token: () => code },
    });
    world.aws.fault({ kind: 'malformed', body, times: 1 });
    const error = await errorOf(session);
    expect(error.code).toBe('ERR_BSM_RESPONSE_INVALID');
    const text = everythingOf(error);
    for (const secret of [EXAMPLE_KEYS.secretAccessKey, TOKEN, 'partner-secret-7', world.alice.secretAccessKey]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toMatch(new RegExp(`(?<!\\d)${code}(?!\\d)`));
    expect(text).not.toMatch(/ASIA[A-Z0-9]{16}|AKIA[A-Z0-9]{16}|responseBodyText/);
  });

  it.each([
    ['x/1', 'prefi***'],
    ['partner-secret-7', 'prefix/1'],
  ])('hides what AWS repeats of the request: external id %s', async (externalId, rest) => {
    using sts = startStubSts();
    const session = createAssumeRole(sts)(sts.session, {
      roleArn: 'arn:aws:iam::444455556666:role/deploy',
      externalId,
      mfa: { serialNumber: 'GAHT12345678', token: '123456' },
    });
    sts.answer = ({ ExternalId, TokenCode }) => {
      const cause = new Error(`sent ${TokenCode}`);
      const text = `Value '${ExternalId}' at 'externalId', code ${TokenCode} at 'tokenCode': not for prefix/1`;
      throw Object.assign(new Error(text, { cause }), { name: 'ValidationError', $metadata: { httpStatusCode: 400 } });
    };
    const error = await errorOf(session);
    expect(error.message).toContain(`Value '***' at 'externalId', code *** at 'tokenCode': not for ${rest}`);
    const text = everythingOf(error);
    expect(text).toContain('sent ***');
    for (const secret of ['123456', externalId]) expect(text).not.toContain(secret);
  });

  it('passes the error of the source as it is', async () => {
    await using world = await startFakeWorld({ clientDefaults: fast });
    const hub = world.addRole('hub', { principals: '123456789012' });
    const leaf = world.addRole('leaf', { principals: hub.arn });
    const parent = assumeRole(world.session, { roleArn: hub.arn });
    const [own, inherited] = [await errorOf(parent), await errorOf(assumeRole(parent, { roleArn: leaf.arn }))];
    expect(own.message).toContain('Cannot assume role "hub"');
    expect(inherited).toBe(own);
  });

  it('reports an endpoint that is not there', async () => {
    await using world = await startFakeWorld();
    const { arn } = world.addRole('deploy');
    const stsClientConfig = { endpoint: 'http://127.0.0.1:1', maxAttempts: 1 };
    const error = await errorOf(assumeRole(world.session, { roleArn: arn, stsClientConfig }));
    expect(error).toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNREACHABLE', retryable: true });
  });
});
