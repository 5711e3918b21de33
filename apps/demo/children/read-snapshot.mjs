import { readFileSync } from 'node:fs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

// A program that is handed an identity in a file: the four names are those that boto_session_manager reads, too.
const snapshot = JSON.parse(readFileSync(process.env.BSM_SNAPSHOT_FILE, 'utf8'));
const sts = new STSClient({
  region: snapshot.region_name,
  endpoint: process.argv[2],
  credentials: {
    accessKeyId: snapshot.aws_access_key_id,
    secretAccessKey: snapshot.aws_secret_access_key,
    sessionToken: snapshot.aws_session_token,
  },
});
process.stdout.write((await sts.send(new GetCallerIdentityCommand({}))).Arn);
sts.destroy();
