import { describe, expectTypeOf, it } from 'vitest';
import { createSession, SessionManager, type SessionManagerOptions } from '../index.js';
import { SessionManager as TypedSessionManager } from '../session-manager.js';

const session = createSession();

describe('the types of a SessionManager of a session', () => {
  it('refuse what the session has', () => {
    new SessionManager({ session, resolveFrom: import.meta.url, services: {}, region: undefined });
    // @ts-expect-error -- the session has a region
    new SessionManager({ session, region: 'eu-west-1' });
    // @ts-expect-error -- the session has credentials
    new SessionManager({ session, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
    // @ts-expect-error -- no such option
    new SessionManager({ session, profileName: 'dev' });
    // @ts-expect-error -- the same class, the same types
    new TypedSessionManager({ session, profile: 'dev' });
    expectTypeOf(new TypedSessionManager({ session }).getClient('s3')).not.toBeAny();
  });

  it('let a subclass with defaults be made of sessions by the library', () => {
    class West extends SessionManager {
      constructor(own?: SessionManagerOptions) {
        super({ region: 'us-west-2', ...own });
      }
    }
    expectTypeOf(West.from(session)).toEqualTypeOf<West>();
    expectTypeOf(TypedSessionManager.from(session)).toExtend<SessionManager>();
    // @ts-expect-error -- with its default it could not be honoured
    new West({ session });
  });

  it('let a manager assume roles with what it has', () => {
    const roleArn = 'arn:aws:iam::123456789012:role/pod';
    const manager = new SessionManager();
    expectTypeOf(manager.assumeRoleWithWebIdentity({ roleArn, tokenFile: 'x', region: 'eu-west-1' })).toEqualTypeOf(
      manager,
    );
    // @ts-expect-error -- a token or a file, not both
    manager.assumeRoleWithWebIdentity({ roleArn, token: 'x', tokenFile: 'x' });
    // @ts-expect-error -- that of the manager
    manager.assumeRoleWithWebIdentity({ roleArn, token: 'x', clock: { now: () => 0 } });
    // @ts-expect-error -- that of the manager
    manager.assumeRoleWithSaml({ roleArn, principalArn: 'x', assertion: () => 'x', pool: {} });
    // @ts-expect-error -- it is the manager
    manager.assumeRoleWithSaml({ roleArn, principalArn: 'x', assertion: () => 'x', parent: session });
  });
});
