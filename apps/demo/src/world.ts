import { type FakeAws, type FakeRole, type FakeUser, startFakeAws } from '@bsm/testing';
import { createSession, type Session } from 'bsm';

/** Three accounts of one company: people sign in to the first, and roles lead from one to the next. */
export interface World {
  readonly aws: FakeAws;
  readonly alice: FakeUser;
  /** One role in each account; each trusts the one before it, the first trusts alice. */
  readonly hops: readonly [FakeRole, FakeRole, FakeRole];
  /** A role that asks for an external id. */
  readonly partner: FakeRole;
}

export const EXTERNAL_ID = 'agreed-with-partner';

const HOME = '111122223333';
const STAGING = '444455556666';
const PRODUCTION = '123456789012';

export async function buildWorld(): Promise<World> {
  const aws = await startFakeAws();
  aws.addAccount({ accountId: HOME, alias: 'example-home' });
  aws.addAccount({ accountId: STAGING, alias: 'example-staging', buckets: ['staging-logs'] });
  aws.addAccount({ accountId: PRODUCTION, alias: 'example-production', buckets: ['releases', 'invoices'] });
  const alice = aws.addUser({ accountId: HOME, userName: 'alice' });
  const hub = aws.addRole({ accountId: HOME, roleName: 'hub', trust: alice.arn });
  const staging = aws.addRole({ accountId: STAGING, roleName: 'deploy', trust: hub.arn });
  const production = aws.addRole({ accountId: PRODUCTION, roleName: 'release', trust: staging.arn });
  const partner = aws.addRole({
    accountId: PRODUCTION,
    roleName: 'partner',
    trust: { principals: alice.arn, externalId: EXTERNAL_ID },
  });
  return { aws, alice, hops: [hub, staging, production], partner };
}

/** A session of alice. Credentials end by the clock of the world, which can be moved. */
export function aliceSession({ aws, alice }: World): Session {
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  return createSession({ credentials, region, clientDefaults: { endpoint }, clock: aws.clock });
}
