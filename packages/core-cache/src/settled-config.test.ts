import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSession } from './create-session.js';
import type { Session } from './session.js';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
let folder: string;
let session: Session;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bsm-settled-'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  await writeFile(join(folder, 'config'), '[default]\nmax_attempts = 4\nuse_fips_endpoint = true\n');
  session = createSession({ credentials, region: 'us-east-1' });
});

afterEach(async () => {
  session.close();
  await rm(folder, { recursive: true });
});

it('lets the second client of a class have what the first one looked up, in each region and each derived session', async () => {
  const first = session.client(S3Client);
  const others = [
    session.client(S3Client, { forcePathStyle: true }),
    session.withRegion('eu-west-1').client(S3Client),
    session.derive({ credentials }).client(S3Client),
  ];
  for (const { config } of others) {
    expect(config.maxAttempts).toBe(first.config.maxAttempts);
    expect(await config.maxAttempts()).toBe(4);
    expect(await config.useFipsEndpoint()).toBe(true);
  }
  expect(await session.withRegion('eu-west-1').client(S3Client).config.region()).toBe('eu-west-1');
  expect(session.client(STSClient).config.maxAttempts).not.toBe(first.config.maxAttempts);
});

it('never hands on what a client was told', async () => {
  const told = session.client(S3Client, { maxAttempts: 9, useFipsEndpoint: false, retryMode: 'adaptive' });
  const other = session.client(S3Client);
  expect(await told.config.maxAttempts()).toBe(9);
  expect(await other.config.maxAttempts()).toBe(4);
  expect(await other.config.useFipsEndpoint()).toBe(true);
  const third = session.client(S3Client, { maxAttempts: 2 });
  expect(await third.config.maxAttempts()).toBe(2);
  expect(third.config.retryMode).toBe(other.config.retryMode);
});

it('looks again after clearCache', async () => {
  expect(await session.client(S3Client).config.maxAttempts()).toBe(4);
  vi.stubEnv('AWS_MAX_ATTEMPTS', '7');
  expect(await session.withRegion('eu-west-1').client(S3Client).config.maxAttempts()).toBe(4);
  session.clearCache();
  expect(await session.client(S3Client).config.maxAttempts()).toBe(7);
});
