import { S3Client } from '@aws-sdk/client-s3';
import { assumeRole, createSession, fromAssumeRole } from 'bsm';

/** Each line of fromTemporaryCredentials in a comment, and below it what does the same here. */
export async function comingFrom({ roleArn, mfaSerial, askForCode }: Parts): Promise<readonly S3Client[]> {
  // new S3Client({ credentials: fromTemporaryCredentials({ params: { RoleArn } }) })
  const dropIn = new S3Client({ region: 'eu-west-1', credentials: fromAssumeRole({ roleArn }) });

  // new S3Client({ region: 'eu-west-1', credentials: fromTemporaryCredentials({ params: { RoleArn } }) })
  const s3 = assumeRole(createSession({ region: 'eu-west-1' }), { roleArn }).client(S3Client);

  // fromTemporaryCredentials({ masterCredentials: fromIni({ profile: 'dev' }), params: { RoleArn } })
  fromAssumeRole({ source: createSession({ profile: 'dev' }), roleArn });

  // fromTemporaryCredentials({ params: { RoleArn, RoleSessionName: 'ci', DurationSeconds: 900, ExternalId: 'partner-7' } })
  fromAssumeRole({ roleArn, roleSessionName: 'ci', durationSeconds: 900, externalId: 'partner-7' });

  // fromTemporaryCredentials({ params: { RoleArn, SerialNumber }, mfaCodeProvider: askForCode })
  fromAssumeRole({ roleArn, mfa: { serialNumber: mfaSerial, token: askForCode } });

  // fromTemporaryCredentials({ params: { RoleArn }, clientConfig: { maxAttempts: 5 } })
  fromAssumeRole({ roleArn, stsClientConfig: { maxAttempts: 5 } });

  return [dropIn, s3];
}

/** What the lines speak of. */
export interface Parts {
  readonly roleArn: string;
  readonly mfaSerial: string;
  readonly askForCode: () => string;
}
