import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { AwsCredentialIdentity } from 'bsm';
import { inject } from 'vitest';

const run = promisify(execFile);

/** Asks the AWS CLI whose credentials these are. */
export async function arnAccordingToAwsCli(credentials: AwsCredentialIdentity): Promise<string> {
  const args = [
    'sts',
    'get-caller-identity',
    '--output',
    'text',
    '--query',
    'Arn',
    '--endpoint-url',
    inject('endpoint'),
  ];
  const { stdout } = await run(inject('programs').aws, args, { env: environmentOf(credentials) });
  return stdout.trim();
}

/** Asks boto3 whose credentials these are. */
export async function arnAccordingToBoto3(credentials: AwsCredentialIdentity): Promise<string> {
  const code = "import boto3, sys; print(boto3.client('sts', endpoint_url=sys.argv[1]).get_caller_identity()['Arn'])";
  const args = ['-c', code, inject('endpoint')];
  const { stdout } = await run(inject('programs').python, args, { env: environmentOf(credentials) });
  return stdout.trim();
}

/** An environment with these credentials and no others. */
function environmentOf(credentials: AwsCredentialIdentity): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    AWS_CONFIG_FILE: process.env['AWS_CONFIG_FILE'],
    AWS_SHARED_CREDENTIALS_FILE: process.env['AWS_SHARED_CREDENTIALS_FILE'],
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}
