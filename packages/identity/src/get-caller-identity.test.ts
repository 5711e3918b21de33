import { once } from 'node:events';
import { createSession, fromSessionLike } from '@bsm/core-cache';
import { describe, expect, it, vi } from 'vitest';
import { noRegion, useFakeAws } from './fixtures/fake-aws-sessions.js';
import { getAccountId } from './get-account-id.js';
import { getCallerIdentity } from './get-caller-identity.js';
import { getPrincipalArn } from './get-principal-arn.js';
import { getUserId } from './get-user-id.js';

const ACCOUNT = '123456789012';
const fake = useFakeAws();

const addAlice = (): { readonly arn: string; readonly userId: string } =>
  fake.aws.addUser({ accountId: ACCOUNT, userName: 'alice' });

describe('getCallerIdentity', () => {
  it('tells a user with a path', async () => {
    const user = fake.aws.addUser({ accountId: ACCOUNT, userName: 'jane', path: '/div/sub/' });
    const session = fake.sessionOf(user);

    expect(await getCallerIdentity(session)).toEqual({ accountId: ACCOUNT, userId: user.userId, arn: user.arn });
    expect(await getAccountId(session)).toBe(ACCOUNT);
    expect(await getUserId(session)).toBe(user.userId);
    expect(await getPrincipalArn(session)).toBe('arn:aws:iam::123456789012:user/div/sub/jane');
    expect(fake.aws.count('GetCallerIdentity')).toBe(1);
  });

  it('tells the root user', async () => {
    const { rootArn } = fake.aws.addAccount({ accountId: ACCOUNT });

    expect(await getCallerIdentity(fake.sessionOf(rootArn))).toEqual({
      accountId: ACCOUNT,
      userId: ACCOUNT,
      arn: 'arn:aws:iam::123456789012:root',
    });
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('asks in the partition %s', async (partition, region) => {
    const user = fake.aws.addUser({ accountId: ACCOUNT, userName: 'me', partition });

    expect(await getPrincipalArn(fake.sessionOf(user))).toBe(`arn:${partition}:iam::${ACCOUNT}:user/me`);
    expect(fake.aws.requests.map((request) => request.region)).toEqual([region]);
  });

  it('makes one call for a hundred callers, with a client of its own', async () => {
    const user = addAlice();
    const session = fake.sessionOf(user);
    const answers = await Promise.all(Array.from({ length: 100 }, () => getCallerIdentity(session)));

    expect(new Set(answers.map(({ arn }) => arn))).toEqual(new Set([user.arn]));
    expect(fake.aws.count('GetCallerIdentity')).toBe(1);
    expect(session.cache.clients.size).toBe(0);
  });

  it('gives a failure to all who wait and does not keep it', async () => {
    const session = fake.sessionOf(addAlice());
    const heal = fake.aws.fault({ kind: '500', operation: 'GetCallerIdentity' });
    const outcomes = await Promise.allSettled([getCallerIdentity(session), getCallerIdentity(session)]);

    const refused = { status: 'rejected', reason: expect.objectContaining({ code: 'ERR_BSM_SERVICE_FAILED' }) };
    expect(outcomes).toEqual([refused, refused]);
    expect(fake.aws.count('GetCallerIdentity')).toBe(1);
    heal();
    expect((await getCallerIdentity(session)).accountId).toBe(ACCOUNT);
  });

  it('keeps the answer over a refresh and forgets it with the caches', async () => {
    const role = fake.aws.addRole({ accountId: ACCOUNT, roleName: 'r' });
    const session = fake.sessionOf(role.sessionArn('s'));
    await getCallerIdentity(session);
    await session.credentials.refresh();
    await getCallerIdentity(session);
    expect(fake.aws.count('GetCallerIdentity')).toBe(1);

    session.clearCache();
    await getCallerIdentity(session);
    expect(fake.aws.count('GetCallerIdentity')).toBe(2);
  });

  it('asks nobody, and needs no region, when the source said who it is', async () => {
    fake.aws.addRole({ accountId: ACCOUNT, roleName: 'r' });
    const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/r/s`;
    const session = fake.assumedSession(arn, noRegion);

    expect(await getCallerIdentity(session)).toEqual({ accountId: ACCOUNT, arn, userId: 'AROACKCEVSQ6C2EXAMPLE:s' });
    expect(await getAccountId(session)).toBe(ACCOUNT);
    expect(fake.aws.requests).toHaveLength(0);
  });

  it('needs a region to ask STS', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_DEFAULT_REGION', undefined);
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', 'absent/config');
    const { credentials, endpoint } = fake.aws.clientConfig(addAlice());
    const session = createSession({ credentials, clientDefaults: { endpoint } });

    await expect(getCallerIdentity(session)).rejects.toMatchObject({ code: 'ERR_BSM_REGION_UNRESOLVED' });
    expect(fake.aws.requests).toHaveLength(0);
  });

  it('lets one caller leave while another waits', async () => {
    const user = addAlice();
    const session = fake.sessionOf(user);
    const gate = new AbortController();
    fake.aws.fault({ kind: 'gate', until: once(gate.signal, 'abort') });
    const impatient = new AbortController();
    const left = getCallerIdentity(session, { signal: impatient.signal });
    const stayed = getCallerIdentity(session);
    await fake.aws.received('GetCallerIdentity');
    impatient.abort(new Error('too slow'));

    await expect(left).rejects.toThrow('too slow');
    gate.abort();
    expect((await stayed).arn).toBe(user.arn);
    expect(fake.aws.count('GetCallerIdentity')).toBe(1);
  });

  it('starts a new call after one that hung and was given up', async () => {
    const session = fake.sessionOf(addAlice());
    fake.aws.fault({ kind: 'hang', times: 1 });
    const controller = new AbortController();
    const hanging = getCallerIdentity(session, { signal: controller.signal });
    await fake.aws.received('GetCallerIdentity');
    controller.abort(new Error('enough'));

    await expect(hanging).rejects.toThrow('enough');
    expect((await getCallerIdentity(session)).accountId).toBe(ACCOUNT);
  });

  it('refuses an answer that lacks a part', async () => {
    const session = fake.sessionOf(addAlice());
    fake.aws.fault({ kind: 'missing', fields: ['UserId'], times: 1 });

    await expect(getCallerIdentity(session)).rejects.toMatchObject({
      code: 'ERR_BSM_RESPONSE_INVALID',
      retryable: true,
    });
  });

  it('says when the credentials are not accepted', async () => {
    const { region, endpoint } = fake.aws.clientConfig(addAlice());
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'unknown' };
    const session = createSession({ credentials, region, clientDefaults: { endpoint } });

    await expect(getCallerIdentity(session)).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_REJECTED' });
  });

  it('refuses to work for a closed session', async () => {
    const session = fake.sessionOf(addAlice());
    session.close();

    await expect(getCallerIdentity(session)).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });

  it('remembers for a configuration that is no session', async () => {
    const { credentials, region } = fake.aws.clientConfig(addAlice());
    const source = { credentials: { ...credentials, accountId: ACCOUNT }, region };

    expect(fromSessionLike(source)).toBe(fromSessionLike(source));
    expect(await getAccountId(source)).toBe(ACCOUNT);
  });

  it.each([
    [{ signal: 'now' }, 'signal'],
    [{ abort: true }, 'abort'],
  ])('refuses %o', async (options, option) => {
    const session = fake.sessionOf(addAlice());
    for (const get of [getCallerIdentity, getAccountId, getUserId, getPrincipalArn]) {
      await expect(get(session, options as object)).rejects.toMatchObject({
        code: 'ERR_BSM_OPTION_INVALID',
        details: { option },
      });
    }
  });
});

describe('getAccountId', () => {
  it('believes what the credentials state', async () => {
    const { endpoint, region } = fake.aws.clientConfig(addAlice());
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'unused', accountId: ACCOUNT };

    expect(await getAccountId(createSession({ credentials, region, clientDefaults: { endpoint } }))).toBe(ACCOUNT);
    expect(fake.aws.requests).toHaveLength(0);
  });

  it.each([
    ['another account than the access key id encodes', '111122223333'],
    ['something that is no account id', 'prod'],
  ])('asks when they state %s', async (_, accountId) => {
    const { credentials, endpoint, region } = fake.aws.clientConfig(addAlice());
    const session = createSession({
      credentials: { ...credentials, accountId },
      region,
      clientDefaults: { endpoint },
    });

    expect(await getAccountId(session)).toBe(ACCOUNT);
    expect(fake.aws.count('GetCallerIdentity')).toBe(1);
  });
});

it('asks once for a session that keeps no resources', async () => {
  const user = fake.aws.addUser({ accountId: ACCOUNT, userName: 'bob' });
  const { credentials, region, endpoint } = fake.aws.clientConfig(user);
  using session = createSession({ credentials, region, clientDefaults: { endpoint }, resourceCache: { maxSize: 0 } });
  await Promise.all([getCallerIdentity(session), getCallerIdentity(session)]);
  await getCallerIdentity(session);
  expect(fake.aws.count('GetCallerIdentity')).toBe(1);
});
