import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { isBsmError } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { assumeRoleChain, createAssumeRoleChain } from './assume-role-chain.js';
import type { AssumeRoleOptions } from './assume-role-options.js';
import { type FakeWorld, HOUR_MS, startFakeWorld } from './fixtures/fake-world.js';
import { startStubSts } from './fixtures/stub-sts.js';

const whoAmI = new GetCallerIdentityCommand({});

/** Three roles, each trusting the one before. */
function threeHops(world: FakeWorld): readonly AssumeRoleOptions[] {
  const hub = world.addRole('hub', { accountId: '123456789012' });
  const spoke = world.addRole('spoke', { principals: hub.arn });
  const leaf = world.addRole('leaf', { accountId: '111122223333', principals: spoke.arn });
  return [hub, spoke, leaf].map(({ arn }) => ({ roleArn: arn, roleSessionName: 'ci' }));
}

describe('assumeRoleChain', () => {
  it('asks STS once per hop for all clients and callers', async () => {
    await using world = await startFakeWorld();
    const session = assumeRoleChain(world.session, threeHops(world));
    expect(world.aws.requests).toHaveLength(0);
    const clients = Array.from({ length: 10 }, () => new STSClient(world.plain(session)));
    const answers = await Promise.all(clients.flatMap((client) => [1, 2, 3].map(() => client.send(whoAmI))));
    expect(new Set(answers.map(({ Arn }) => Arn))).toEqual(new Set(['arn:aws:sts::111122223333:assumed-role/leaf/ci']));
    expect(world.aws.count('AssumeRole')).toBe(3);
    for (const client of clients) client.destroy();
  });

  it('refreshes hop by hop, each at most once per lifetime', async () => {
    await using world = await startFakeWorld();
    const session = assumeRoleChain(world.session, threeHops(world));
    for (let lifetimes = 1; lifetimes <= 3; lifetimes++) {
      await session.credentials();
      await session.credentials();
      expect(world.aws.count('AssumeRole')).toBe(3 * lifetimes);
      world.aws.clock.advance(HOUR_MS);
    }
  });

  it('leads back through parent', async () => {
    await using world = await startFakeWorld();
    const leaf = assumeRoleChain(world.session, threeHops(world));
    expect(leaf.parent?.parent?.parent).toBe(world.session);
    await leaf.credentials();
    expect(leaf.parent?.principal?.arn).toBe('arn:aws:sts::444455556666:assumed-role/spoke/ci');
  });

  it('names the hop that fails, retries only that one, and keeps the hops before it', async () => {
    await using world = await startFakeWorld({ clientDefaults: { maxAttempts: 1 } });
    const hops = threeHops(world);
    const session = assumeRoleChain(world.session, hops);
    const endFault = world.aws.fault({ kind: '500', match: ({ params }) => params['RoleArn'] === hops[1]!.roleArn });
    await expect(session.credentials()).rejects.toThrow('Cannot assume role "spoke" in account 44********66');
    endFault();
    await session.credentials();
    const asked = world.aws.requests.map(({ params, status }) => `${params['RoleArn']?.split('/')[1]} ${status}`);
    expect(asked).toEqual(['hub 200', 'spoke 500', 'spoke 200', 'leaf 200']);
  });

  it('renews a hop whose credentials STS calls expired, and goes on', async () => {
    await using world = await startFakeWorld();
    const session = assumeRoleChain(world.session, threeHops(world));
    await session.credentials();
    const rejected = session.parent!.credentials.current!.accessKeyId;
    world.aws.fault({
      kind: 'error',
      status: 403,
      code: 'ExpiredToken',
      message: 'The security token included in the request is expired',
      match: ({ accessKeyId }) => accessKeyId === rejected,
    });
    await session.credentials.refresh();
    expect(session.parent!.credentials.current!.accessKeyId).not.toBe(rejected);
    // hub, spoke, leaf; then leaf refused, spoke renewed, leaf again.
    expect(world.aws.count('AssumeRole')).toBe(6);
  });

  it.each<[string, boolean, readonly Partial<AssumeRoleOptions>[], string]>([
    ['no hops', false, [], 'hops'],
    ['a long second hop', false, [{}, { durationSeconds: 3_601 }], 'hops[1].durationSeconds'],
    [
      'a long third hop',
      false,
      [{ durationSeconds: 43_200 }, {}, { durationSeconds: 7_200 }],
      'hops[2].durationSeconds',
    ],
    ['a long first hop from a role', true, [{ durationSeconds: 7_200 }], 'hops[0].durationSeconds'],
    ['a bad first hop', false, [{ roleSessionName: 'x' }, {}], 'hops[0].roleSessionName'],
  ])('refuses before any call: %s', (_, fromRole, hops, option) => {
    using sts = startStubSts();
    const roleArn = 'arn:aws:iam::123456789012:role/hub';
    const chain = createAssumeRoleChain(sts);
    const source = fromRole ? chain(sts.session, [{ roleArn }]) : sts.session;
    const named = expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
    expect(() =>
      chain(
        source,
        hops.map((hop) => ({ roleArn, ...hop })),
      ),
    ).toThrow(named);
    expect(sts.calls).toHaveLength(0);
  });

  it('starts no eager hop when a later hop is wrong', async () => {
    using sts = startStubSts();
    const roleArn = 'arn:aws:iam::123456789012:role/hub';
    const hops = [{ roleArn, refresh: { eager: true } }, { roleArn: 'leaf' }];
    expect(() => createAssumeRoleChain(sts)(sts.session, hops)).toThrow(/hops\[1\]\.roleArn/);
    await Promise.resolve();
    expect(sts.calls).toHaveLength(0);
  });

  it('is refused once the source is closed, and a child survives its siblings', async () => {
    await using world = await startFakeWorld();
    const [hub, spoke] = threeHops(world);
    const parent = assumeRole(world.session, hub!);
    const [one, other] = [assumeRole(parent, spoke!), assumeRole(parent, spoke!)];
    one.close();
    await other.credentials();
    world.session.close();
    const error = await other.credentials().catch((reason: unknown) => reason);
    expect(isBsmError(error, 'ERR_BSM_SESSION_CLOSED')).toBe(true);
  });
});
