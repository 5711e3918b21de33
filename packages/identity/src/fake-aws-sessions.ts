import { BsmError, createSession, principalKey, type Session } from '@bsm/core-cache';
import { type ClientConfigOptions, type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach } from 'vitest';

/** A fake AWS for each test of a file, and sessions in it. */
interface FakeAwsSessions {
  readonly aws: FakeAws;
  /** A session with the credentials of a principal of the fake AWS. */
  sessionOf(principal: string | { readonly arn: string }, options?: ClientConfigOptions): Session;
  /** A session whose source says, as AssumeRole does, whom its credentials belong to. */
  assumedSession(arn: string, region?: () => Promise<string>): Session;
}

/** Starts a fake AWS before each test of the file and closes it, and the sessions, afterwards. */
export function useFakeAws(): FakeAwsSessions {
  let aws: FakeAws | undefined;
  const sessions: Session[] = [];
  const running = (): FakeAws => {
    if (!aws) throw new Error('the fake AWS runs within tests only');
    return aws;
  };
  beforeEach(async () => {
    aws = await startFakeAws();
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) session.close();
    await aws?.close();
  });

  const track = (session: Session): Session => {
    sessions.push(session);
    return session;
  };
  return {
    get aws() {
      return running();
    },
    sessionOf(principal, options) {
      const { endpoint, ...identity } = running().clientConfig(principal, options);
      return track(createSession({ ...identity, clientDefaults: { endpoint, maxAttempts: 1 } }));
    },
    assumedSession(arn, region) {
      const { endpoint, credentials, region: own } = running().clientConfig(arn);
      const principal = { accountId: arn.split(':')[4], arn, userId: `AROACKCEVSQ6C2EXAMPLE:${arn.split('/').at(-1)}` };
      return track(
        createSession({
          region: region ?? own,
          credentials: async () => ({ ...credentials, [principalKey()]: principal }),
          clientDefaults: { endpoint, maxAttempts: 1 },
        }),
      );
    },
  };
}

/** What the region of a session does when there is none. */
export async function noRegion(): Promise<string> {
  throw new BsmError('ERR_BSM_REGION_UNRESOLVED', 'There is no region.');
}
