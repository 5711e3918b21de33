import type { AwsCredentialIdentity } from './credentials.js';

/** Credentials of the roles that lie between a profile and its source, each of which lives for its own time. */
export interface ProfileHops {
  /** Returns what is kept and lives long enough to assume the next role. */
  find(key: string): AwsCredentialIdentity | undefined;
  keep(key: string, credentials: AwsCredentialIdentity): void;
  /** Forgets all; tells whether there was any. */
  forget(): boolean;
}

/** A hop is used again only while this much of its life is left: the call that it signs takes time, and clocks differ. */
const LEAST_MS = 60_000;

/** Makes the memory of one session. */
export function createProfileHops(now: () => number): ProfileHops {
  const hops = new Map<string, AwsCredentialIdentity>();
  const isUsable = ({ expiration }: AwsCredentialIdentity): boolean =>
    expiration !== undefined && expiration.getTime() - now() > LEAST_MS;

  return {
    find(key) {
      for (const [known, credentials] of hops) if (!isUsable(credentials)) hops.delete(known);
      return hops.get(key);
    },
    keep(key, credentials) {
      hops.set(key, credentials);
    },
    forget() {
      const some = hops.size > 0;
      hops.clear();
      return some;
    },
  };
}
