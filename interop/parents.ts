import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { inject } from 'vitest';

/** What a parent process finds itself in. */
export interface Parent {
  readonly name: string;
  /** The files in its home directory. */
  readonly files: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

const OTHER_KEYS =
  'aws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY\n';
const OTHER_PROCESS = `credential_process = echo '{"Version":1,"AccessKeyId":"AKIAI44QH8DHBEXAMPLE","SecretAccessKey":"other"}'\n`;
const OTHER_ROLE = 'role_arn = arn:aws:iam::444455556666:role/wrong\nsource_profile = base\n';
const NAMED = `[profile handed-by-nobody]\nregion = sa-east-1\n[profile base]\n${OTHER_KEYS}`;

/** Variables that lead programs to another identity and another region, each in its own way. */
const STALE: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'AKIAI44QH8DHBEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'stale',
  AWS_SECURITY_TOKEN: 'stale',
  AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z',
  AWS_CREDENTIAL_SCOPE: 'us-gov',
  AWS_ACCOUNT_ID: '444455556666',
  AWS_PROFILE: 'handed-by-nobody',
  AWS_DEFAULT_PROFILE: 'handed-by-nobody',
  AWS_SDK_LOAD_CONFIG: '1',
  AWS_ROLE_ARN: 'arn:aws:iam::444455556666:role/wrong',
  AWS_ROLE_SESSION_NAME: 'wrong',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/no/such/token',
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/wrong',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:9/wrong',
  AWS_CONTAINER_AUTHORIZATION_TOKEN: 'wrong',
  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/no/such/token',
  AWS_BEARER_TOKEN_BEDROCK: 'wrong',
  AWS_REGION: 'sa-east-1',
  AWS_DEFAULT_REGION: 'sa-east-1',
};

/** A parent in which nothing is set up, and such as would make a child act as somebody else. */
export const PARENTS: readonly Parent[] = [
  { name: 'a clean parent', files: {}, variables: {} },
  {
    name: 'stale variables, and keys in [default]',
    files: { credentials: `[default]\n${OTHER_KEYS}`, config: `[default]\nregion = sa-east-1\n${NAMED}` },
    variables: STALE,
  },
  {
    name: 'keys in [default] of the config file',
    files: { config: `[default]\nregion = sa-east-1\n${OTHER_KEYS}${NAMED}` },
    variables: {},
  },
  {
    name: 'a credential_process in [default]',
    files: { config: `[default]\nregion = sa-east-1\n${OTHER_PROCESS}${NAMED}` },
    variables: STALE,
  },
  {
    name: 'a role in [default]',
    files: { config: `[default]\nregion = sa-east-1\n${OTHER_ROLE}${NAMED}` },
    variables: {},
  },
];

/** Makes the home of a parent and returns its environment. */
export async function environmentOf({ files, variables }: Parent, home: string): Promise<NodeJS.ProcessEnv> {
  await mkdir(join(home, '.aws'), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, '.aws', name), text, { mode: 0o600 });
  return {
    PATH: [dirname(inject('programs').aws), process.env['PATH']].join(delimiter),
    HOME: home,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    ...variables,
  };
}
