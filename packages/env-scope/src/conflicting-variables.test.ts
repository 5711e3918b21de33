import { expect, it } from 'vitest';
import { CONFLICTING_VARIABLES } from './conflicting-variables.js';
import { isConflicting } from './is-conflicting.js';

it.each([
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_ACCOUNT_ID',
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_CREDENTIAL_FILE',
  'AWS_SDK_LOAD_CONFIG',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_BEARER_TOKEN_BEDROCK',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
])('%s conflicts', (name) => {
  expect(isConflicting(name)).toBe(true);
});

it.each([
  'PATH',
  'HOME',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_CA_BUNDLE',
  'AWS_DEFAULT_OUTPUT',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_S3',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_MAX_ATTEMPTS',
  'AWS_PROFILE_NAME',
  'MY_AWS_PROFILE',
  '__proto__',
  '',
])('%j does not conflict', (name) => {
  expect(isConflicting(name)).toBe(false);
});

it.each([
  ['win32', true],
  ['linux', false],
] as const)('on %s a name in another case conflicts: %s', (platform, conflicts) => {
  expect(isConflicting('Aws_Profile', platform)).toBe(conflicts);
  expect(isConflicting('aws_container_x', platform)).toBe(conflicts);
  expect(isConflicting('AWS_PROFILE', platform)).toBe(true);
});

it('names no variable twice', () => {
  expect(new Set(CONFLICTING_VARIABLES).size).toBe(CONFLICTING_VARIABLES.length);
});
