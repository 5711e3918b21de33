import { S3Client } from '@aws-sdk/client-s3';
import { createSession } from '@bsm/core-cache';
import { withEnv } from '@bsm/env-scope';

const session = createSession({ profile: 'dev' });

/** Code that takes credentials from nowhere but the environment. */
async function legacyUpload(): Promise<string> {
  const s3 = new S3Client({});
  const { accessKeyId } = await s3.config.credentials();
  return accessKeyId;
}

export const usedKey: string = await withEnv(session, legacyUpload);
