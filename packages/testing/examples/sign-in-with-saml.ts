import { AssumeRoleWithSAMLCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';

/** A role for who signs in at a company, which STS gives for an assertion of that company until the assertion ends. */
export async function signInWithSaml(): Promise<{ arn: string | undefined; late: string }> {
  await using aws = await startFakeAws();
  const company = aws.addSamlProvider({ accountId: '444455556666', name: 'company' });
  const staff = aws.addRole({
    accountId: '444455556666',
    roleName: 'staff',
    trustPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { Federated: company.arn },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
      },
    },
  });

  const sts = new STSClient({ endpoint: aws.endpoint, region: 'us-east-1' }); // needs no credentials
  const SAMLAssertion = company.assertion({ roles: staff.arn, roleSessionName: 'alice' });
  const signIn = new AssumeRoleWithSAMLCommand({ RoleArn: staff.arn, PrincipalArn: company.arn, SAMLAssertion });
  const { AssumedRoleUser } = await sts.send(signIn);

  aws.clock.advance(300_000); // STS takes an assertion for five minutes
  const late = await sts.send(signIn).catch((error: Error) => error);
  return { arn: AssumedRoleUser?.Arn, late: late instanceof Error ? late.name : '' };
}
