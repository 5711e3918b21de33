/** @module @bsm/assume-role */
export {
  type AwsCredentialIdentity,
  type AwsCredentialIdentityProvider,
  BsmError,
  type BsmErrorCode,
  type ClientDefaults,
  type Clock,
  createSession,
  isBsmError,
  type MfaTokenProvider,
  type RefreshOptions,
  type Session,
  type SessionEvent,
  type SessionLike,
  type SessionListener,
  type SessionOptions,
  type SessionPrincipal,
  type SharedCredentials,
} from '@bsm/core-cache';
export { assumeRole } from './assume-role.js';
export { type AssumeRoleChain, assumeRoleChain, createAssumeRoleChain } from './assume-role-chain.js';
export type { AssumeRoleOptions } from './assume-role-options.js';
export {
  type AssumeRoleWithSaml,
  type AssumeRoleWithSamlOptions,
  assumeRoleWithSaml,
  createAssumeRoleWithSaml,
} from './assume-role-with-saml.js';
export {
  type AssumeRoleWithWebIdentity,
  type AssumeRoleWithWebIdentityOptions,
  assumeRoleWithWebIdentity,
  createAssumeRoleWithWebIdentity,
} from './assume-role-with-web-identity.js';
export { type AssumedRoleSessionArnParts, assumedRoleSessionArn } from './assumed-role-session-arn.js';
export { type AssumeRole, createAssumeRole } from './create-assume-role.js';
export { type FromAssumeRoleOptions, fromAssumeRole } from './from-assume-role.js';
export {
  createGetSessionToken,
  type GetSessionToken,
  type GetSessionTokenOptions,
  getSessionToken,
} from './get-session-token.js';
export { type LambdaSessionNameOptions, lambdaSessionName } from './lambda-session-name.js';
export { type MfaCommand, type MfaCommandOptions, mfaCommand } from './mfa-command.js';
export type { MfaOptions } from './mfa-options.js';
export { type RoleArnParts, roleArn } from './role-arn.js';
export type { RoleSessionOptions, StsSessionOptions } from './role-session-options.js';
export type { RootOptions, RootRoleSessionOptions } from './root-role-session.js';
export { sdkSts } from './sdk-sts.js';
export type { SessionPolicy } from './session-policy.js';
export type { SessionTags } from './session-tags.js';
export type {
  AssumedRoleAnswer,
  AssumeRoleParameters,
  CallerIdentityAnswer,
  CredentialsAnswer,
  MfaParameters,
  ProvidedContext,
  RoleSessionParameters,
  SamlParameters,
  SessionTokenParameters,
  StsCall,
  StsClientConfig,
  StsTransport,
  Tag,
  WebIdentityParameters,
} from './sts-transport.js';
