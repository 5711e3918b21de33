import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { createSession, internalClientConfig } from '@bsm/core-cache';
import { expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { assumeRoleChain } from './assume-role-chain.js';
import { countConnections } from './fixtures/count-connections.js';
import { startFakeWorld } from './fixtures/fake-world.js';

const list = new ListBucketsCommand({});

it('calls of STS, and clients of roles in any region, share one connection with the session that assumed them', async () => {
  await using world = await startFakeWorld();
  using connections = countConnections();
  const { session } = world;
  await session.client(S3Client).send(list);
  const hops = ['a', 'b'].map((name) => ({ roleArn: world.addRole(name).arn }));
  for (const hop of hops) {
    const role = assumeRole(session, hop);
    await role.client(S3Client).send(list);
    await role.withRegion('us-west-2').client(S3Client).send(list);
    role.close();
  }
  await session.client(S3Client).send(list);
  expect(world.aws.count('AssumeRole')).toBe(2);
  expect(connections.opened()).toBe(1);
});

it('each hop of a chain asks over that connection', async () => {
  await using world = await startFakeWorld();
  using connections = countConnections();
  const first = world.addRole('first');
  const second = world.addRole('second', { principals: first.arn });
  const session = assumeRoleChain(world.session, [{ roleArn: first.arn }, { roleArn: second.arn }]);
  await session.client(S3Client).send(list);
  expect(world.aws.count('AssumeRole')).toBe(2);
  expect(connections.opened()).toBe(1);
});

it('a handler in stsClientConfig is used as it is', async () => {
  await using world = await startFakeWorld();
  using connections = countConnections();
  await world.session.client(S3Client).send(list);
  const requestHandler = new S3Client({}).config.requestHandler;
  const role = assumeRole(world.session, { roleArn: world.addRole('a').arn, stsClientConfig: { requestHandler } });
  await role.credentials();
  expect(connections.opened()).toBe(2);
  requestHandler.destroy?.();
});

it('a role has the connections of its source, another session its own', async () => {
  await using world = await startFakeWorld();
  const role = assumeRole(world.session, { roleArn: world.addRole('a').arn });
  const { requestHandler } = internalClientConfig(role) as { requestHandler?: unknown };
  expect(requestHandler).toBe(internalClientConfig(world.session)['requestHandler']);
  expect(requestHandler).not.toBe(internalClientConfig(createSession())['requestHandler']);
});
