import { setTimeout as pause } from 'node:timers/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { createSession, type Session } from '@bsm/core-cache';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { describe, expect, it } from 'vitest';
import { childEnv } from './child-env.js';
import { settle } from './fixtures/gate.js';
import { hostileEnvironment, useProcessEnv } from './fixtures/process-env.js';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { withEnv } from './with-env.js';

const environment = useProcessEnv();
const [SESSIONS, SCOPES] = [20, 2_000];

interface Role {
  readonly arn: string;
  readonly session: Session;
}

/** Sessions of as many roles, none of which has asked for its credentials yet. */
function assumeRoles(aws: FakeAws): Role[] {
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const { credentials: masterCredentials, region, endpoint } = aws.clientConfig(alice);
  return Array.from({ length: SESSIONS }, (_, index) => {
    const roleName = `role-${index}`;
    const role = aws.addRole({ accountId: '444455556666', roleName, trust: { principals: alice.arn } });
    const params = { RoleArn: role.arn, RoleSessionName: 'load' };
    const credentials = fromTemporaryCredentials({ masterCredentials, params, clientConfig: { region, endpoint } });
    const session = createSession({ credentials, region, clock: aws.clock, clientDefaults: { endpoint } });
    return { arn: `arn:aws:sts::444455556666:assumed-role/${roleName}/load`, session };
  });
}

/** Asks AWS who the environment is, as code that knows nothing of sessions does. */
async function whoIsEnvironment(): Promise<string | undefined> {
  const sts = new STSClient({});
  try {
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn;
  } finally {
    sts.destroy();
  }
}

function isIdentityOf({ session }: Role): boolean {
  const { accessKeyId, secretAccessKey, sessionToken } = session.credentials.current ?? {};
  const { env } = process;
  return (
    accessKeyId !== undefined &&
    env['AWS_ACCESS_KEY_ID'] === accessKeyId &&
    env['AWS_SECRET_ACCESS_KEY'] === secretAccessKey &&
    env['AWS_SESSION_TOKEN'] === sessionToken &&
    env['AWS_PROFILE'] === undefined
  );
}

describe(`${SCOPES} overlapping scopes of ${SESSIONS} sessions`, () => {
  it('never see a wrong identity, and leave the environment as it was', async () => {
    await using aws = await startFakeAws();
    const roles = assumeRoles(aws);
    environment.set(hostileEnvironment());
    const before = { ...process.env };
    const random = createSeededRandom(1);
    let [wrong, open, failures, overlaps] = [0, 0, 0, 0];
    const order: number[] = [];

    const scope = async (index: number): Promise<void> => {
      const role = roles[index % SESSIONS]!;
      const check = (): void => {
        if (!isIdentityOf(role)) wrong++;
      };
      const body = async (): Promise<void> => {
        if (++open > 1) overlaps++;
        order.push(index);
        check();
        if (index % 50 === 0 && (await whoIsEnvironment()) !== role.arn) wrong++;
        await (random() < 0.05 ? pause(1) : settle());
        check();
        open--;
        if (index % 7 === 0) throw new Error('of the body');
      };
      await withEnv(role.session, body).catch((error: Error) => {
        if (error.message === 'of the body') failures++;
        else throw error;
      });
    };
    await Promise.all(Array.from({ length: SCOPES }, (_, index) => scope(index)));

    expect({ wrong, overlaps, failures }).toEqual({ wrong: 0, overlaps: 0, failures: Math.ceil(SCOPES / 7) });
    expect(order).toEqual(Array.from({ length: SCOPES }, (_, index) => index));
    expect(process.env).toEqual(before);
    expect(aws.count('AssumeRole')).toBe(SESSIONS);
  });
});

it('gives 2,000 children of 20 sessions their own identity side by side, without a queue', async () => {
  await using aws = await startFakeAws();
  const roles = assumeRoles(aws);
  const envs = await Promise.all(
    Array.from({ length: SCOPES }, (_, index) => childEnv(roles[index % SESSIONS]!.session, hostileEnvironment())),
  );
  const wrong = envs.filter((env, index) => {
    const { accessKeyId, sessionToken } = roles[index % SESSIONS]!.session.credentials.current!;
    return env['AWS_ACCESS_KEY_ID'] !== accessKeyId || env['AWS_SESSION_TOKEN'] !== sessionToken;
  });
  expect(wrong).toEqual([]);
});
