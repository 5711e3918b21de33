import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createSession, setDefaultSession } from '@bsm/core-cache';
import { afterEach, describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { startFakeWorld } from './fixtures/fake-world.js';
import { type FromAssumeRoleOptions, fromAssumeRole } from './from-assume-role.js';

const whoAmI = new GetCallerIdentityCommand({});

afterEach(() => setDefaultSession(undefined));

describe('fromAssumeRole', () => {
  it.each(['source', 'default session'])('gives one set of credentials to plain clients, from the %s', async (from) => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const source = from === 'source' ? world.session : undefined;
    const credentials = fromAssumeRole({ roleArn: role.arn, roleSessionName: 'ci', source });
    if (!source) setDefaultSession(world.session);
    expect(world.aws.requests).toHaveLength(0);
    const { region, endpoint } = world.plain(world.session);
    const clients = Array.from({ length: 10 }, () => new STSClient({ credentials, region, endpoint }));
    const answers = await Promise.all(clients.map((client) => client.send(whoAmI)));
    expect(new Set(answers.map(({ Arn }) => Arn))).toEqual(new Set([role.sessionArn('ci')]));
    expect(world.aws.count('AssumeRole')).toBe(1);
    expect(credentials.current?.accessKeyId).toBe((await credentials()).accessKeyId);
    expect(credentials.expiration?.getTime()).toBeGreaterThan(world.aws.clock.now());
    expect(credentials.memoized).toBe(true);
    await credentials.refresh();
    expect(world.aws.count('AssumeRole')).toBe(2);
    for (const client of clients) client.destroy();
  });

  it('keeps the default session of its first use', async () => {
    await using world = await startFakeWorld();
    const credentials = fromAssumeRole({ roleArn: world.addRole('deploy').arn });
    setDefaultSession(world.session);
    await credentials();
    setDefaultSession(undefined);
    await credentials.refresh();
    expect(world.aws.count('AssumeRole')).toBe(2);
  });

  it('is shared by a session that is made of it, and known as the credentials of a role', async () => {
    await using world = await startFakeWorld();
    setDefaultSession(world.session);
    const credentials = fromAssumeRole({ roleArn: world.addRole('deploy').arn });
    const { endpoint } = world.plain(world.session);
    using session = createSession({ credentials, region: 'us-east-1', clientDefaults: { endpoint } });
    await Promise.all([credentials(), session.credentials()]);
    expect(world.aws.count('AssumeRole')).toBe(1);
    const chained = { roleArn: 'arn:aws:iam::123456789012:role/x', durationSeconds: 7_200 };
    expect(() => assumeRole(session, chained)).toThrow(/"durationSeconds"/);
  });

  it.each([undefined, {}, { roleArn: 'deploy' }, { roleArn: 'arn:aws:iam::123456789012:role/x', params: {} }])(
    'refuses %o at once',
    (options) => {
      expect(() => fromAssumeRole(options as FromAssumeRoleOptions)).toThrow(
        expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID' }),
      );
    },
  );
});
