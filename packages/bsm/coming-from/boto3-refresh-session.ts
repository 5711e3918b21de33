import { S3Client } from '@aws-sdk/client-s3';
import { type AwsCredentialIdentity, assumeRole, createSession, isBsmError, mfaCommand, whoAmI } from 'bsm';
import { iotSession } from 'bsm/iot';

/** Each line of boto3-refresh-session in a comment, and below it what does the same here. */
export async function comingFrom({ roleArn, mfaSerial, askForCode, fetchCredentials, device }: Parts): Promise<number> {
  // session = RefreshableSession(assume_role_kwargs=AssumeRoleConfig(RoleArn=role_arn, RoleSessionName="worker"))
  const session = assumeRole(createSession(), { roleArn, roleSessionName: 'worker' });

  // RefreshableSession(assume_role_kwargs={"RoleArn": role_arn}, profile_name="dev", region_name="eu-west-1")
  assumeRole(createSession({ profile: 'dev', region: 'eu-west-1' }), { roleArn });

  // RefreshableSession(assume_role_kwargs={"RoleArn": role_arn}, defer_refresh=False, advisory_timeout=600, mandatory_timeout=300)
  const eager = assumeRole(createSession(), {
    roleArn,
    refresh: { eager: true, advisoryWindowMs: 600_000, mandatoryWindowMs: 300_000 },
  });

  // RefreshableSession(assume_role_kwargs={"RoleArn": role_arn}, sts_client_kwargs={"config": Config(retries={"max_attempts": 5})})
  assumeRole(createSession(), { roleArn, stsClientConfig: { maxAttempts: 5 } });

  // RefreshableSession(assume_role_kwargs={"RoleArn": role_arn, "SerialNumber": serial}, mfa_token_provider=ask_for_code)
  assumeRole(createSession(), { roleArn, mfa: { serialNumber: mfaSerial, token: askForCode } });

  // RefreshableSession(assume_role_kwargs={"RoleArn": role_arn, "SerialNumber": serial}, mfa_token_provider="ykman oath code --single aws")
  assumeRole(createSession(), {
    roleArn,
    mfa: { serialNumber: mfaSerial, token: mfaCommand(['ykman', 'oath', 'code', '--single', 'aws']) },
  });

  // RefreshableSession(method="custom", custom_credentials_method=fetch_credentials)
  const custom = createSession({ credentials: fetchCredentials });

  // RefreshableSession(method="ecs")
  createSession();

  // RefreshableSession(method="iot", endpoint=endpoint, role_alias="camera", certificate=certificate, private_key=private_key, ca=ca)
  const camera = iotSession({ ...device, roleAlias: 'camera' });

  // session.client("s3")
  session.client(S3Client);

  // session.client("s3", eviction_policy="LFU", max_size=10)
  createSession({ clientCache: { policy: 'lfu', maxSize: 10 } }).client(S3Client);

  // session.cache.client["LRU"]
  const { size, hits, misses } = session.cache.clients;

  // session.resource("dynamodb")
  session.resource('queue', (own) => ({ client: own.client(S3Client) }));

  // session.refreshable_credentials()
  await session.credentials();

  // session.refreshable_credentials()["expiry_time"]
  session.credentials.expiration?.toISOString();

  // session.whoami()
  await whoAmI(session);

  // except BRSError as error: error.code
  await custom.credentials().catch((error: unknown) => isBsmError(error) && error.code);

  for (const open of [session, eager, custom, camera]) open.close();
  return size + hits + misses;
}

/** What the lines speak of. */
export interface Parts {
  readonly roleArn: string;
  readonly mfaSerial: string;
  readonly askForCode: () => string;
  readonly fetchCredentials: () => Promise<AwsCredentialIdentity>;
  /** Paths of PEM files. */
  readonly device: {
    readonly endpoint: string;
    readonly certificate: string;
    readonly privateKey: string;
    readonly ca: string;
  };
}
