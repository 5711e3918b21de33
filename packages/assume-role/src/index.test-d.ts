import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expectTypeOf, it } from 'vitest';
import {
  type AssumeRoleOptions,
  assumeRole,
  assumeRoleChain,
  assumeRoleWithSaml,
  assumeRoleWithWebIdentity,
  createAssumeRole,
  createSession,
  fromAssumeRole,
  getSessionToken,
  type MfaTokenProvider,
  mfaCommand,
  type Session,
  type SharedCredentials,
  type StsTransport,
} from './index.js';

const roleArn = 'arn:aws:iam::123456789012:role/deploy';
declare const session: Session;

describe('types', () => {
  it('take options that may be undefined', () => {
    const args: { externalId?: string; region?: string } = {};
    const options: AssumeRoleOptions = { roleArn, externalId: args.externalId, region: args.region, mfa: undefined };
    expectTypeOf(assumeRole(session, options)).toEqualTypeOf<Session>();
    expectTypeOf(assumeRoleChain(session, [options])).toEqualTypeOf<Session>();
    expectTypeOf(getSessionToken(session)).toEqualTypeOf<Session>();
    expectTypeOf(fromAssumeRole({ ...options, source: undefined })).toEqualTypeOf<SharedCredentials>();
  });

  it('take and give what the SDK has', () => {
    const { credentials, region } = new STSClient({}).config;
    const role = assumeRole({ credentials, region }, { roleArn, stsClientConfig: { maxAttempts: 5 } });
    expectTypeOf(role.client(S3Client)).toEqualTypeOf<S3Client>();
    new S3Client({ credentials: fromAssumeRole({ roleArn }) });
    new S3Client(role.clientConfig);
    assumeRole(createSession({ region: 'eu-west-1' }), { roleArn });
  });

  it('take tags as a record and as a list, both readonly', () => {
    assumeRole(session, { roleArn, tags: { a: 'b' } as const });
    assumeRole(session, { roleArn, tags: [{ Key: 'a', Value: 'b' }] as const, transitiveTagKeys: ['a'] as const });
    // @ts-expect-error -- values are text
    assumeRole(session, { roleArn, tags: { a: 1 } });
  });

  it('refuse what is absent or unknown', () => {
    // @ts-expect-error -- no role
    assumeRole(session, {});
    // @ts-expect-error -- no such option
    assumeRole(session, { roleArn, roleSesionName: 'x' });
    // @ts-expect-error -- a token or a file, not both
    assumeRoleWithWebIdentity({ roleArn, token: 'x', tokenFile: 'x' });
    // @ts-expect-error -- a token or a file
    assumeRoleWithWebIdentity({ roleArn });
    // @ts-expect-error -- an assertion ends after minutes: it must be a function
    assumeRoleWithSaml({ roleArn, principalArn: 'x', assertion: 'x' });
  });

  it('take a parent, and beside it nothing that the parent has', () => {
    const parent: Session | undefined = session;
    assumeRoleWithWebIdentity({ roleArn, token: 'x', parent, region: 'eu-west-1', clock: undefined });
    assumeRoleWithSaml({ roleArn, principalArn: 'x', assertion: () => 'x', pool: {}, parent: undefined });
    // @ts-expect-error -- the clock is that of the parent
    assumeRoleWithWebIdentity({ roleArn, token: 'x', parent: session, clock: { now: () => 0 } });
    // @ts-expect-error -- the connections are those of the parent
    assumeRoleWithSaml({ roleArn, principalArn: 'x', assertion: () => 'x', parent: session, pool: {} });
  });

  it('take a transport that only assumes roles', () => {
    expectTypeOf(createAssumeRole).parameter(0).toEqualTypeOf<Pick<StsTransport, 'assumeRole'>>();
  });

  it('make a command a token provider', () => {
    expectTypeOf(mfaCommand(['ykman'], { timeoutMs: undefined })).toExtend<MfaTokenProvider>();
    expectTypeOf(mfaCommand.parse('a b')).toEqualTypeOf<readonly string[]>();
    // @ts-expect-error -- a command line must be split first
    mfaCommand('ykman oath');
  });
});
