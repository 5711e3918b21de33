import {
  assumedRoleSessionArn,
  assumeRole,
  createSession,
  credentialEnv,
  credentialProcess,
  formatEnv,
  getDefaultSession,
  lambdaSessionName,
  roleArn,
} from 'bsm';

/** Each line of aws-assume-role-lib in a comment, and below it what does the same here. */
export async function comingFrom({ accountId }: Parts): Promise<readonly string[]> {
  // get_role_arn(123456789012, "deploy", path="ci")
  const deploy = roleArn({ accountId: 123456789012, roleName: 'deploy', path: 'ci' });

  // get_assumed_role_session_arn(account_id, "deploy", "me")
  const arn = assumedRoleSessionArn({ accountId, roleName: 'deploy', roleSessionName: 'me' });

  // generate_lambda_session_name()
  const name = lambdaSessionName({ functionName: 'resize', identifier: '7' });

  // session = assume_role(boto3.Session(profile_name="dev"), deploy)
  const session = assumeRole(createSession({ profile: 'dev' }), { roleArn: deploy });

  // assume_role(session, deploy, RoleSessionName=name, DurationSeconds=timedelta(hours=1), SourceIdentity="me")
  assumeRole(session, {
    roleArn: deploy,
    roleSessionName: name,
    durationSeconds: 3_600,
    sourceIdentity: 'me',
  });

  // assume_role(session, deploy, Policy={"Version": "2012-10-17", "Statement": []}, PolicyArns=[policy_arn])
  assumeRole(session, {
    roleArn: deploy,
    policy: { Version: '2012-10-17', Statement: [] },
    policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  });

  // assume_role(session, deploy, region_name="eu-west-1")
  assumeRole(session, { roleArn: deploy, region: 'eu-west-1' });

  // patch_boto3(); boto3.assume_role(deploy)
  assumeRole(getDefaultSession(), { roleArn: deploy });

  // session.assume_role_parent_session
  const parent = session.parent;

  // python -m aws_assume_role_lib ROLE_ARN --profile dev --env
  const env = formatEnv(await credentialEnv(createSession({ profile: 'dev' })), 'sh');

  // python -m aws_assume_role_lib ROLE_ARN --profile dev --json
  const json = await credentialProcess(createSession({ profile: 'dev' }));

  return [deploy, arn, name, env, json, (await parent?.region()) ?? ''];
}

/** What the lines speak of. */
export interface Parts {
  readonly accountId: string;
}
