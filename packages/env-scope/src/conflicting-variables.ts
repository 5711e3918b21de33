/**
 * Lists the environment variables that could contradict the credentials a child process is given: each of them is removed from its
 * environment, then some are set anew. A name that ends in `*` stands for all names that begin so.
 *
 * Collected from what the AWS SDKs, the AWS CLI and boto3 read: other keys and what belongs to them, other sources that some of them
 * prefer to keys or to a container endpoint (a profile, a web identity, a bearer token), and the region. Variables that are not here
 * stay as they are. Names are compared without regard to case on Windows, where the system does so too.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 *
 * @example
 * ```ts
 * const command = ['env', ...CONFLICTING_VARIABLES.filter((name) => !name.endsWith('*')).flatMap((name) => ['-u', name]), 'aws'];
 * ```
 */
export const CONFLICTING_VARIABLES: readonly string[] = [
  // Keys, and what is said of them.
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN', // boto3 takes it for the session token
  'AWS_ACCESS_KEY', // the SDKs for Go (so does Terraform) and for Java 1 fall back on these two
  'AWS_SECRET_KEY',
  'AWS_CREDENTIAL_EXPIRATION', // a stale one ends fresh keys in boto3
  'AWS_CREDENTIAL_SCOPE',
  'AWS_ACCOUNT_ID',
  // Profiles: the SDK for JavaScript prefers AWS_PROFILE to keys.
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_CREDENTIAL_FILE',
  'AWS_SDK_LOAD_CONFIG',
  // Web identity: asked before a container endpoint.
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  // Container endpoints and their tokens: a relative URI is preferred to a full one, a token file to a token.
  'AWS_CONTAINER_*',
  // Tokens of single services, preferred to signatures.
  'AWS_BEARER_TOKEN_*',
  // Both are set to the region of the session, since boto3 reads only the second and the SDK for JavaScript only the first.
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
];
