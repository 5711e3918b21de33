import * as newS3 from '@aws-sdk/client-s3';
import * as newSqs from '@aws-sdk/client-sqs';
import { assumeRole } from '@bsm/assume-role';
import { createSession, type Session } from '@bsm/core-cache';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import * as oldS3 from 'client-s3-332';
import * as oldSqs from 'client-sqs-332';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const HOUR_MS = 3_600_000;

let aws: FakeAws;
let root: Session;
let session: Session;

// The clock of the sessions stands still, so that only AWS sees credentials end.
beforeEach(async () => {
  aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const deploy = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: alice.arn });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  const now = aws.clock.now();
  const clientDefaults = { endpoint, forcePathStyle: true, maxAttempts: 1 };
  root = createSession({ credentials, region, clientDefaults, clock: { now: () => now } });
  session = assumeRole(root, { roleArn: deploy.arn, roleSessionName: 'compat' });
});

afterEach(async () => {
  root.close();
  await aws.close();
});

describe('a tree with clients of 3.332 and of this year', () => {
  it('assumes a role once for all of them', async () => {
    const answers = await Promise.allSettled([
      session.client(oldS3.S3Client).send(new oldS3.ListBucketsCommand({})),
      session.client(newS3.S3Client).send(new newS3.ListBucketsCommand({})),
      // The stub knows no operation of SQS: the client had to sign to be told so.
      session.client(oldSqs.SQSClient).send(new oldSqs.ListQueuesCommand({})),
      session.client(newSqs.SQSClient).send(new newSqs.ListQueuesCommand({})),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected']);
    expect(aws.requests.filter(({ errorCode }) => errorCode === 'InvalidAction')).toHaveLength(2);
    expect(aws.count('AssumeRole')).toBe(1);
    for (const Client of [oldS3.S3Client, newS3.S3Client, oldSqs.SQSClient, newSqs.SQSClient]) {
      session.client<typeof newS3.S3Client>(Client as never).destroy();
    }
  });

  it('keeps one client for each version of a class', () => {
    const old = session.client(oldS3.S3Client);
    expect(old).toBeInstanceOf(oldS3.S3Client);
    expect(session.client(oldS3.S3Client)).toBe(old);
    expect(session.client(newS3.S3Client)).not.toBe(old);
    old.destroy();
  });

  it('lets one be destroyed while the others go on', async () => {
    const old = session.client(oldS3.S3Client);
    const recent = session.client(newS3.S3Client);
    const other = session.client(newS3.S3Client, { maxAttempts: 2 });
    await Promise.all([old.send(new oldS3.ListBucketsCommand({})), recent.send(new newS3.ListBucketsCommand({}))]);
    recent.destroy();
    await old.send(new oldS3.ListBucketsCommand({}));
    old.destroy();
    await other.send(new newS3.ListBucketsCommand({}));
    expect(aws.count('ListBuckets')).toBe(4);
    other.destroy();
  });
});

describe('credentials that AWS no longer accepts', () => {
  const listOld = (): Promise<unknown> => session.client(oldS3.S3Client).send(new oldS3.ListBucketsCommand({}));
  const listRecent = (): Promise<unknown> => session.client(newS3.S3Client).send(new newS3.ListBucketsCommand({}));

  afterEach(() => {
    session.client(oldS3.S3Client).destroy();
    session.client(newS3.S3Client).destroy();
  });

  it('are mended for twenty requests of an old client by one AssumeRole', async () => {
    await listOld();
    aws.clock.advance(HOUR_MS + 1);
    await Promise.all(Array.from({ length: 20 }, listOld));
    await listRecent();
    expect(aws.count('AssumeRole')).toBe(2);
  });

  it('are no reason to throw away those that a recent client renewed meanwhile', async () => {
    await listOld();
    aws.clock.advance(HOUR_MS + 1);
    await listRecent();
    await listOld();
    await listOld();
    expect(aws.count('AssumeRole')).toBe(2);
    expect(aws.requests.filter(({ errorCode }) => errorCode === 'ExpiredToken')).toHaveLength(2);
  });

  it('stay what they are for an old client when no others can be had', async () => {
    await listOld();
    aws.clock.advance(HOUR_MS + 1);
    aws.fault({ operation: 'AssumeRole', kind: 'error', status: 403, code: 'AccessDenied', message: 'no' });
    await expect(listOld()).rejects.toMatchObject({ name: 'ExpiredToken' });
    expect(aws.requests.filter(({ errorCode }) => errorCode === 'ExpiredToken')).toHaveLength(1);
  });
});
