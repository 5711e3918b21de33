import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type FakeAws, type FakeUser, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createSession } from './create-session.js';
import { type AwsHome, createAwsHome } from './fixtures/aws-home.js';
import { countConnections } from './fixtures/count-connections.js';
import type { Session } from './session.js';

let aws: FakeAws;
let home: AwsHome;
let alice: FakeUser;
let bob: FakeUser;

beforeEach(async () => {
  aws = await startFakeAws();
  home = await createAwsHome();
  alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  bob = aws.addUser({ accountId: '444455556666', userName: 'bob' });
});

afterEach(async () => {
  await aws.close();
  await home[Symbol.asyncDispose]();
});

async function whoIs(session: Session): Promise<string | undefined> {
  return (await session.client(STSClient).send(new GetCallerIdentityCommand({}))).Arn;
}

const writeKeysOf = (user: FakeUser): Promise<void> =>
  home.writeCredentials(
    '[default]',
    `aws_access_key_id = ${user.accessKeyId}`,
    `aws_secret_access_key = ${user.secretAccessKey}`,
  );

function setKeysOf(user: FakeUser): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', user.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', user.secretAccessKey);
}

describe('after clearCache the next use sees', () => {
  test('a credentials file that was rewritten', async () => {
    await writeKeysOf(alice);
    using session = createSession({ region: 'eu-west-1', clientDefaults: { endpoint: aws.endpoint } });
    expect(await whoIs(session)).toBe(alice.arn);
    await writeKeysOf(bob);
    expect(await whoIs(session)).toBe(alice.arn);
    session.clearCache();
    expect(await whoIs(session)).toBe(bob.arn);
  });

  test('an environment that changed: keys and region', async () => {
    setKeysOf(alice);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    using session = createSession({ clientDefaults: { endpoint: aws.endpoint } });
    expect([await whoIs(session), await session.region()]).toEqual([alice.arn, 'eu-west-1']);
    setKeysOf(bob);
    vi.stubEnv('AWS_REGION', 'us-west-2');
    expect([await whoIs(session), await session.region()]).toEqual([alice.arn, 'eu-west-1']);
    session.clearCache();
    expect([await whoIs(session), await session.region()]).toEqual([bob.arn, 'us-west-2']);
  });

  test('the same, through a client that somebody still holds', async () => {
    setKeysOf(alice);
    using session = createSession({ region: 'eu-west-1', clientDefaults: { endpoint: aws.endpoint } });
    const sts = session.client(STSClient);
    await sts.send(new GetCallerIdentityCommand({}));
    setKeysOf(bob);
    session.clearCache();
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(bob.arn);
  });
});

describe('clearCache leaves', () => {
  test('explicit keys, options, connections, listeners, and the sessions that come from it', async () => {
    const { credentials, region, endpoint } = aws.clientConfig(alice);
    using session = createSession({ credentials, region, clientDefaults: { endpoint } });
    const sibling = session.withRegion('us-west-2');
    const heard: string[] = [];
    session.subscribe(({ type }) => heard.push(type));
    using connections = countConnections();
    await whoIs(session);
    session.clearCache();
    expect(await whoIs(session)).toBe(alice.arn);
    expect(session.withRegion('us-west-2')).toBe(sibling);
    expect(await whoIs(sibling)).toBe(alice.arn);
    expect(connections.opened()).toBe(1);
    await session.credentials.refresh();
    expect(heard).not.toEqual([]);
  });
});

test('the role of a profile is assumed over the connections of the session', async () => {
  const role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });
  await writeKeysOf(alice);
  await home.writeConfig('[profile deploy]', `role_arn = ${role.arn}`, 'source_profile = default');
  using session = createSession({ profile: 'deploy', region: 'eu-west-1', clientDefaults: { endpoint: aws.endpoint } });
  using connections = countConnections();
  for (let time = 0; time < 3; time++) {
    await session.credentials.refresh();
    await whoIs(session);
  }
  expect(aws.count('AssumeRole')).toBe(3);
  expect(connections.opened()).toBe(1);
});
