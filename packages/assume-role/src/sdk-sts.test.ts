import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { startFakeWorld } from './fixtures/fake-world.js';
import { sdkSts } from './sdk-sts.js';

/** A logger of the SDK that keeps what it gets. */
function recordingLogger() {
  const lines: unknown[][] = [];
  const log = (...line: unknown[]): void => {
    lines.push(line);
  };
  return { lines, trace: log, debug: log, info: log, warn: log, error: log };
}

describe('sdkSts', () => {
  it('keeps one client per session, outside of the caches of its user', async () => {
    await using world = await startFakeWorld();
    let made = 0;
    const endpoint = {
      hostname: '127.0.0.1',
      protocol: 'http:',
      port: Number(new URL(world.aws.endpoint).port),
      path: '/',
    };
    const { session } = world;
    const stsClientConfig = {
      get endpoint() {
        made++;
        return endpoint;
      },
    };
    const roles = ['a', 'b', 'c'].map((name) => world.addRole(name));
    const sessions = roles.map(({ arn }) => assumeRole(session, { roleArn: arn, stsClientConfig }));
    await Promise.all(sessions.map((each) => each.credentials()));
    await Promise.all(sessions.map((each) => each.credentials.refresh()));
    expect(made).toBe(1);
    expect(session.cache.clients.size).toBe(0);
    expect(session.cache.resources.size).toBe(0);
  });

  it('signs each call with the credentials it was given, also after they changed', async () => {
    await using world = await startFakeWorld();
    const { arn } = world.addRole('hub');
    const leaf = world.addRole('leaf', { principals: arn });
    const parent = assumeRole(world.session, { roleArn: arn });
    const child = assumeRole(parent, { roleArn: leaf.arn });
    await child.credentials();
    await parent.credentials.refresh();
    await child.credentials.refresh();
    const signers = world.aws.requests.map(({ accessKeyId }) => accessKeyId);
    expect(signers[3]).toBe(parent.credentials.current?.accessKeyId);
    expect(signers[3]).not.toBe(signers[1]);
  });

  it("never gives the session's logger to STS, but the one that is meant for it", async () => {
    const logger = recordingLogger();
    await using world = await startFakeWorld({ clientDefaults: { logger } });
    const { arn } = world.addRole('deploy', { externalId: 'partner-7' });
    await assumeRole(world.session, { roleArn: arn, externalId: 'partner-7' }).credentials();
    expect(logger.lines).toHaveLength(0);
    await assumeRole(world.session, {
      roleArn: arn,
      externalId: 'partner-7',
      stsClientConfig: { logger },
    }).credentials();
    expect(logger.lines.length).toBeGreaterThan(0);
  });

  it('asks for the caller identity', async () => {
    await using world = await startFakeWorld();
    const credentials = await world.session.credentials();
    const answer = await sdkSts.getCallerIdentity({ session: world.session, credentials, region: 'us-east-1' });
    expect(answer).toMatchObject({ Account: '111122223333', Arn: world.alice.arn, UserId: world.alice.userId });
  });

  it('stops waiting when the session is closed', async () => {
    await using world = await startFakeWorld();
    const { arn } = world.addRole('deploy');
    const session = assumeRole(world.session, { roleArn: arn });
    world.aws.fault({ kind: 'hang' });
    const waiting = session.credentials();
    await world.aws.received('AssumeRole');
    session.close();
    await expect(waiting).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });

  it('reports the source of the credentials to AWS in the user agent', async () => {
    await using world = await startFakeWorld();
    const session = assumeRole(world.session, { roleArn: world.addRole('deploy').arn });
    const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
    await session.client(STSClient).send(new GetCallerIdentityCommand({}));
    expect(world.aws.requests[1]?.userAgent).toMatch(/ m\/[A-Za-z0-9+,]*\bi\b/);
  });
});
