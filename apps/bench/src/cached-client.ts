import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { createSession } from '@bsm/assume-role';
import { compare } from './compare.js';
import type { Measured } from './measured.js';

const FIVE = {
  region: 'eu-west-1',
  endpoint: 'http://127.0.0.1:9',
  forcePathStyle: true,
  maxAttempts: 2,
  useDualstackEndpoint: false,
};

/** Nanoseconds of `session.client(S3Client)` when it was made before, beside a bare look-up in a Map and, where there is one, boto3-refresh-session. */
export async function measureCachedClient(python: PythonPeer | undefined): Promise<Measured[]> {
  using session = createSession({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  });
  const map = new Map<unknown, S3Client>([[S3Client, session.client(S3Client)]]);
  const contender = (name: string, look: () => unknown): { name: string; run: (times: number) => Promise<void> } => ({
    name,
    async run(times) {
      for (let time = 0; time < times; time++) if (look() === undefined) throw new Error('no client');
    },
  });
  const ours = await compare([
    contender('a bare Map.get', () => map.get(S3Client)),
    contender('alone', () => session.client(S3Client)),
    contender('with a region', () => session.client(S3Client, { region: 'eu-west-1' })),
    // Options written anew at each call, as applications do.
    contender('with five options', () => session.client(S3Client, { ...FIVE })),
  ]);
  if (!python) return ours;
  const { stdout } = await promisify(execFile)(python.program, [python.script('cached_client.py')]);
  const theirs = Object.entries(JSON.parse(stdout) as Record<string, number>);
  return [...ours, ...theirs.map(([name, value]) => ({ name: `boto3-refresh-session ${name}`, value }))];
}

/** A Python that has the libraries to compare with. */
export interface PythonPeer {
  readonly program: string;
  /** Directory of what it needs besides for AWS IoT, where that is installed. */
  readonly iot?: string | undefined;
  script(name: string): string;
}
