import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { createSession } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { HOUR_MS, startFakeWorld } from './fixtures/fake-world.js';
import { createGate } from './fixtures/gate.js';

const whoAmI = new GetCallerIdentityCommand({});

describe('assumeRole', () => {
  it('makes no call before the first use', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: role.arn });
    session.client(STSClient);
    expect(await session.region()).toBe('us-east-1');
    expect(session.credentials.current).toBeUndefined();
    expect(session.principal).toBeUndefined();
    expect(session.parent).toBe(world.session);
    expect(world.aws.requests).toHaveLength(0);
  });

  it('asks STS once for 50 clients with 32 concurrent requests each', { timeout: 60_000 }, async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: role.arn, roleSessionName: 'ci' });
    const clients = Array.from({ length: 50 }, () => new STSClient(world.plain(session)));
    const answers = await Promise.all(
      clients.flatMap((client) => Array.from({ length: 32 }, () => client.send(whoAmI))),
    );
    expect(world.aws.count('AssumeRole')).toBe(1);
    expect(world.aws.count('GetCallerIdentity')).toBe(1_600);
    expect(new Set(answers.map(({ Arn }) => Arn))).toEqual(new Set([role.sessionArn('ci')]));
    for (const client of clients) client.destroy();
  });

  it('goes on for two hours with one call per lifetime', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: role.arn });
    const sts = session.client(STSClient);
    const names = new Set<string | undefined>();
    for (let hour = 0; hour <= 2; hour++) {
      names.add((await sts.send(whoAmI)).Arn);
      world.aws.clock.advance(HOUR_MS);
    }
    expect(world.aws.count('AssumeRole')).toBe(3);
    expect(names.size).toBe(1);
  });

  it('renews in the advisory window while requests are served', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: role.arn });
    const first = await session.credentials();
    world.aws.clock.advance(HOUR_MS - 10 * 60_000);
    expect((await session.credentials()).accessKeyId).toBe(first.accessKeyId);
    await world.aws.received('AssumeRole', 2);
    const renewed = await session.credentials.refresh();
    expect(renewed.accessKeyId).not.toBe(first.accessKeyId);
    expect(world.aws.count('AssumeRole')).toBe(2);
  });

  it('knows its principal from the answer and renews it with each refresh', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: role.arn, roleSessionName: 'ci' });
    const credentials = await session.credentials();
    expect(session.principal).toEqual({
      accountId: '444455556666',
      arn: role.sessionArn('ci'),
      userId: `${role.userId}:ci`,
    });
    expect(credentials.accountId).toBe('444455556666');
    expect(credentials).toMatchObject({ $source: { CREDENTIALS_STS_ASSUME_ROLE: 'i' } });
    expect(world.aws.count('GetCallerIdentity')).toBe(0);
  });

  it('sends what is given and nothing else', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy', {
      externalId: 'partner-7',
      tagSession: true,
      setSourceIdentity: true,
      mfa: true,
      maxSessionDuration: 7_200,
    });
    const device = world.alice.mfaDevice!;
    const session = assumeRole(world.session, {
      roleArn: role.arn,
      roleSessionName: 'release-42',
      durationSeconds: 7_200,
      policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
      policyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      tags: { project: 'atlas', team: '' },
      transitiveTagKeys: ['project'],
      externalId: 'partner-7',
      sourceIdentity: 'alice',
      mfa: { serialNumber: device.serialNumber, token: () => device.code() },
    });
    const { expiration } = await session.credentials();
    expect(expiration?.getTime()).toBe(world.aws.clock.now() + 2 * HOUR_MS);
    expect(world.aws.requests[0]?.params).toEqual({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: role.arn,
      RoleSessionName: 'release-42',
      DurationSeconds: '7200',
      Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/AdministratorAccess',
      'Tags.member.1.Key': 'project',
      'Tags.member.1.Value': 'atlas',
      'Tags.member.2.Key': 'team',
      'Tags.member.2.Value': '',
      'TransitiveTagKeys.member.1': 'project',
      ExternalId: '***',
      SourceIdentity: 'alice',
      SerialNumber: device.serialNumber,
      TokenCode: '***',
    });
  });

  it('leaves out what is undefined and keeps a random session name through refreshes', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const options = { roleArn: role.arn, durationSeconds: undefined, externalId: undefined, region: undefined };
    const [one, other] = [assumeRole(world.session, options), assumeRole(world.session, options)];
    await one.credentials();
    await one.credentials.refresh();
    await other.credentials();
    const [first, second, third] = world.aws.requests.map(({ params }) => params);
    expect(Object.keys(first!).sort()).toEqual(['Action', 'RoleArn', 'RoleSessionName', 'Version']);
    expect(first!['RoleSessionName']).toMatch(/^bsm-[0-9a-f-]{36}$/);
    expect(second!['RoleSessionName']).toBe(first!['RoleSessionName']);
    expect(third!['RoleSessionName']).not.toBe(first!['RoleSessionName']);
  });

  it('inherits region and client defaults, or takes the region that is given', async () => {
    await using world = await startFakeWorld({ clientDefaults: { maxAttempts: 7 } });
    const role = world.addRole('deploy');
    const [same, other] = [undefined, 'eu-central-1'].map((region) =>
      assumeRole(world.session, { roleArn: role.arn, region }),
    );
    expect(await same!.region()).toBe('us-east-1');
    expect(await other!.region()).toBe('eu-central-1');
    expect(other!.clientDefaults).toMatchObject({ maxAttempts: 7, endpoint: world.aws.endpoint });
    await other!.credentials();
    expect(world.aws.requests[0]?.region).toBe('us-east-1');
    await other!.client(STSClient).send(whoAmI);
    expect(world.aws.requests[1]?.region).toBe('eu-central-1');
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('asks STS of the partition %s in %s', async (partition, region) => {
    await using world = await startFakeWorld();
    const user = world.aws.addUser({ accountId: '123456789012', userName: 'bob', partition });
    const role = world.aws.addRole({ accountId: '123456789012', roleName: 'deploy' });
    const { credentials, endpoint } = world.aws.clientConfig(user);
    using source = createSession({ credentials, region, clientDefaults: { endpoint }, clock: world.aws.clock });
    const session = assumeRole(source, { roleArn: role.arn, roleSessionName: 'ci' });
    await session.credentials();
    expect(role.arn).toBe(`arn:${partition}:iam::123456789012:role/deploy`);
    expect(session.principal?.arn).toBe(`arn:${partition}:sts::123456789012:assumed-role/deploy/ci`);
    expect(world.aws.requests[0]?.region).toBe(region);
  });

  it('takes the credentials and the region of a client configuration as its source', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const client = new STSClient(world.aws.clientConfig(world.alice));
    const { credentials, region } = client.config;
    const stsClientConfig = { endpoint: world.aws.endpoint };
    const session = assumeRole({ credentials, region }, { roleArn: role.arn, stsClientConfig });
    expect((await session.credentials()).accountId).toBe('444455556666');
    session.parent?.close();
    client.destroy();
  });

  it('shares its parent: two children ask it once', async () => {
    await using world = await startFakeWorld();
    const hub = world.addRole('hub');
    const leaf = world.addRole('leaf', { principals: hub.arn });
    const parent = assumeRole(world.session, { roleArn: hub.arn });
    const children = Array.from({ length: 5 }, () => assumeRole(parent, { roleArn: leaf.arn }));
    await Promise.all(children.map((child) => child.credentials()));
    expect(world.aws.requests.filter(({ params }) => params['RoleArn'] === hub.arn)).toHaveLength(1);
    expect(world.aws.count('AssumeRole')).toBe(6);
  });

  it('lets one caller leave, and serves the others from the same call', async () => {
    await using world = await startFakeWorld();
    const role = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: role.arn });
    const gate = createGate();
    world.aws.fault({ kind: 'gate', until: gate.promise, times: 1 });
    const leaving = new AbortController();
    const left = session.credentials({ signal: leaving.signal });
    const staying = session.credentials();
    await world.aws.received('AssumeRole');
    leaving.abort(new Error('not needed any more'));
    await expect(left).rejects.toThrow('not needed any more');
    gate.open();
    expect((await staying).accessKeyId).toMatch(/^ASIA/);
    expect(world.aws.count('AssumeRole')).toBe(1);
  });
});
