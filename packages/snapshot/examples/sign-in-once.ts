import type { Session } from '@bsm/core-cache';
import { defaultSnapshotPath, fromSnapshotFile, writeSnapshotFile } from '@bsm/snapshot';

/** Signs in once for many commands: the file is there until the credentials in it have ended. */
export async function signInOnce(signIn: () => Session, path: string = defaultSnapshotPath()): Promise<Session> {
  const known = await fromSnapshotFile(path).catch(() => undefined); // absent, damaged, or not private
  if (known && !known.isExpired(300)) return known;
  const session = signIn();
  await writeSnapshotFile(session, path);
  return session;
}
