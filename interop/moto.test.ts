import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { assumeRole, assumeRoleChain, createSession, getCallerIdentity, type Session, whoAmI } from 'bsm';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { arnAccordingToAwsCli, arnAccordingToBoto3 } from './second-opinions.ts';

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const DEPLOY = 'arn:aws:iam::111122223333:role/deploy';
const AUDIT = 'arn:aws:iam::444455556666:role/team/audit';

const roots: Session[] = [];

/** A session with AWS's example keys, which moto takes for the account 123456789012. */
function rootSession(): Session {
  const clientDefaults = { endpoint: inject('endpoint'), forcePathStyle: true };
  const session = createSession({ credentials: KEYS, region: 'us-east-1', clientDefaults });
  roots.push(session);
  return session;
}

async function bucketsOf(session: Session): Promise<string[]> {
  const { Buckets = [] } = await session.client(S3Client).send(new ListBucketsCommand({}));
  return Buckets.map(({ Name = '' }) => Name);
}

afterEach(() => {
  for (const session of roots.splice(0)) session.close();
});

describe('a session against moto', () => {
  it('knows who it is', async () => {
    const session = rootSession();
    const identity = await getCallerIdentity(session);
    expect(identity.accountId).toBe('123456789012');
    expect(await whoAmI(session, { accountAlias: false })).toMatchObject(identity);
  });

  it('assumes a role whose clients act in the account of the role', async () => {
    const parent = rootSession();
    const deploy = assumeRole(parent, { roleArn: DEPLOY, roleSessionName: 'interop' });
    await deploy.client(S3Client).send(new CreateBucketCommand({ Bucket: 'made-by-deploy' }));
    expect(await bucketsOf(deploy)).toEqual(['made-by-deploy']);
    expect(await bucketsOf(parent)).toEqual([]);
    expect(await whoAmI(deploy, { accountAlias: false })).toMatchObject({
      accountId: '111122223333',
      arn: 'arn:aws:sts::111122223333:assumed-role/deploy/interop',
      roleSessionName: 'interop',
    });
  });

  it('says of itself what STS says of its credentials', async () => {
    const deploy = assumeRole(rootSession(), { roleArn: DEPLOY, roleSessionName: 'interop' });
    const { Arn, Account } = await deploy.client(STSClient).send(new GetCallerIdentityCommand({}));
    expect(await getCallerIdentity(deploy)).toMatchObject({ arn: Arn, accountId: Account });
    expect(deploy.credentials.expiration).toBeInstanceOf(Date);
  });

  it('chains roles through accounts', async () => {
    const audit = assumeRoleChain(rootSession(), [
      { roleArn: DEPLOY, roleSessionName: 'first' },
      { roleArn: AUDIT, roleSessionName: 'second' },
    ]);
    const { arn, accountId } = await getCallerIdentity(audit);
    expect(accountId).toBe('444455556666');
    expect(arn).toMatch(/^arn:aws:sts::444455556666:assumed-role\/.*audit\/second$/);
    expect(await bucketsOf(audit)).toEqual([]);
  });
});

describe('credentials of a session in other hands', () => {
  it.each([
    { who: 'the AWS CLI', opinion: arnAccordingToAwsCli },
    { who: 'boto3', opinion: arnAccordingToBoto3 },
  ])('are the same role session for $who', async ({ opinion }) => {
    const deploy = assumeRole(rootSession(), { roleArn: DEPLOY, roleSessionName: 'interop' });
    const arn = await opinion(await deploy.credentials());
    expect(arn).toBe('arn:aws:sts::111122223333:assumed-role/deploy/interop');
    expect(arn).toBe((await getCallerIdentity(deploy)).arn);
  });
});
