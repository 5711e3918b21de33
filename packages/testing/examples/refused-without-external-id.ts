import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';

/** A role that wants an external id, asked without it and with it; the credentials it gives then expire. */
export async function refusedWithoutExternalId(): Promise<{ refused: string; calls: number; expiresIn: number }> {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const role = aws.addRole({
    accountId: '444455556666',
    roleName: 'deploy',
    trust: { principals: alice.arn, externalId: 'customer-42' },
  });

  const sts = new STSClient(aws.clientConfig(alice));
  const input = { RoleArn: role.arn, RoleSessionName: 'release' };
  const refused = await sts.send(new AssumeRoleCommand(input)).catch((error: Error) => error);
  const { Credentials } = await sts.send(new AssumeRoleCommand({ ...input, ExternalId: 'customer-42' }));

  return {
    refused: refused instanceof Error ? refused.message : '',
    calls: aws.count('AssumeRole'),
    expiresIn: Credentials!.Expiration!.getTime() - aws.clock.now(),
  };
}
