import { assumedRoleSessionArn, lambdaSessionName, roleArn } from '@bsm/assume-role';

export const names: readonly string[] = [
  // arn:aws:iam::123456789012:role/team/deploy
  roleArn({ accountId: 123456789012, roleName: 'deploy', path: '/team/' }),
  // arn:aws:sts::123456789012:assumed-role/deploy/ci
  assumedRoleSessionArn({ accountId: '123456789012', roleName: 'deploy', roleSessionName: 'ci' }),
  // report.7.a1b2
  lambdaSessionName({ functionName: 'report', functionVersion: 7, identifier: 'a1b2' }),
];
