import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createSession, type Session } from '@bsm/core-cache';
import { withSnapshotFile } from '@bsm/snapshot';

/** Runs a Python program that calls `BotoSesManager.from_snapshot_file(os.environ["BSM_SNAPSHOT_FILE"])`. */
export async function runPythonReport(
  session: Session = createSession({ profile: 'report' }),
  python: string = 'python3',
): Promise<string> {
  const minRemainingMs = 30 * 60_000; // the program takes half an hour at most
  return withSnapshotFile(
    session,
    async (_path, { env }) => {
      const { stdout } = await promisify(execFile)(python, ['report.py'], { env: { ...process.env, ...env } });
      return stdout;
    },
    { minRemainingMs, omitExpiration: true },
  ); // the file is gone here, whatever happened
}
