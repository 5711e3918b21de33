import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createSession } from 'bsm';
import { SessionManager } from 'bsm/session-manager';

/** Each line of boto_session_manager in a comment, and below it what does the same here. */
export async function comingFrom({ roleArn, mfaSerial, endpoint, keyId, secret, token, child }: Parts): Promise<void> {
  // bsm = BotoSesManager()
  const ambient = new SessionManager();

  // bsm = BotoSesManager(profile_name="dev")
  const bsm = new SessionManager({ profile: 'dev' });

  // bsm = BotoSesManager(aws_access_key_id=key_id, aws_secret_access_key=secret, aws_session_token=token, region_name="us-east-1")
  const keys = new SessionManager({
    accessKeyId: keyId,
    secretAccessKey: secret,
    sessionToken: token,
    region: 'us-east-1',
  });

  // bsm = BotoSesManager(default_client_kwargs={"endpoint_url": endpoint})
  const local = new SessionManager({ clientDefaults: { endpoint } });

  // bsm = BotoSesManager(botocore_session=session)
  const adopted = SessionManager.from(createSession({ profile: 'dev' }));

  // bsm.s3_client.list_buckets()
  await bsm.s3Client.send(new ListBucketsCommand({}));

  // bsm.get_client(AwsServiceEnum.S3, region_name="eu-west-1")
  const s3 = bsm.getClient('s3', { region: 'eu-west-1' });

  // bsm.boto_ses.client("s3")
  bsm.client(S3Client);

  // bsm.get_resource(AwsServiceEnum.DynamoDB)
  bsm.getResource('documents', (manager) => DynamoDBDocumentClient.from(manager.client(DynamoDBClient)));

  // bsm.aws_account_id
  await bsm.accountId();

  // bsm.aws_account_user_id
  await bsm.userId();

  // bsm.principal_arn
  await bsm.principalArn();

  // bsm.aws_account_alias
  await bsm.accountAlias();

  // bsm.aws_region
  await bsm.region();

  // bsm.masked_aws_account_id
  await bsm.maskedAccountId();

  // bsm.masked_aws_account_user_id
  await bsm.maskedUserId();

  // bsm.masked_principal_arn
  await bsm.maskedPrincipalArn();

  // bsm.print_who_am_i()
  await bsm.printWhoAmI();

  // bsm.print_who_am_i(masked=False)
  await bsm.printWhoAmI({ masked: false });

  // bsm.assume_role(role_arn=role_arn, auto_refresh=True)
  const role = bsm.assumeRole({ roleArn });

  // bsm.assume_role(role_arn=role_arn, role_session_name="ci", duration_seconds=3600, region_name="eu-west-1")
  bsm.assumeRole({ roleArn, roleSessionName: 'ci', durationSeconds: 3_600, region: 'eu-west-1', autoRefresh: false });

  // bsm.assume_role(role_arn=role_arn, tags=[{"Key": "team", "Value": "web"}], external_id="partner-7")
  bsm.assumeRole({ roleArn, tags: { team: 'web' }, externalId: 'partner-7', autoRefresh: false });

  // bsm.assume_role(role_arn=role_arn, mfa_serial_number=serial, mfa_token="123456")
  bsm.assumeRole({ roleArn, mfa: { serialNumber: mfaSerial, token: '123456' }, autoRefresh: false });

  // role.is_expired(delta=300)
  role.isExpired(300);

  // with role.awscli(): subprocess.run(["node", child])
  await role.run('node', [child]);

  // with role.awscli(): work_that_reads_os_environ()
  await role.withAwsCli(() => process.env['AWS_ACCESS_KEY_ID']);

  // snapshot = role.to_snapshot()
  const snapshot = await role.toSnapshot();

  // BotoSesManager.from_snapshot(snapshot)
  const restored = SessionManager.fromSnapshot(snapshot);

  // with role.temp_snapshot(): BotoSesManager.from_snapshot_file(path)
  await role.withSnapshotFile((path) => SessionManager.fromSnapshotFile(path));

  // bsm.clear_cache()
  bsm.clearCache();

  for (const manager of [ambient, bsm, keys, local, adopted, role, restored]) manager.close();
  s3.destroy();
}

/** What the lines speak of. */
export interface Parts {
  readonly roleArn: string;
  readonly mfaSerial: string;
  readonly endpoint: string;
  readonly keyId: string;
  readonly secret: string;
  readonly token: string;
  /** A program to run. */
  readonly child: string;
}
