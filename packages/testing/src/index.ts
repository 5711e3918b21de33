export type { ClientConfigOptions, FakeClientConfig, FakeCredentials } from './client-config.js';
export type { VirtualClock, VirtualClockOptions } from './clock/virtual-clock.js';
export { createVirtualClock } from './clock/virtual-clock.js';
export { FakeAwsError } from './fake-aws-error.js';
export type { FaultKind, FaultRule, FaultScope } from './faults/fault-rule.js';
export type { KeyType } from './iot/certificate-authority.js';
export type {
  FakeDeviceCertificate,
  IssueCertificateOptions,
  RegisterCertificateOptions,
} from './iot/device-registry.js';
export type {
  AddRoleAliasOptions,
  CredentialEndpointOptions,
  FakeCredentialEndpoint,
} from './iot/start-credential-endpoint.js';
export type { Permission, PermissionStatement } from './policy/permissions.js';
export type { Trust, TrustOptions } from './policy/trust.js';
export type { ConditionValue, PrincipalKind, TrustPolicyDocument, TrustStatement } from './policy/trust-policy.js';
export type { RecordedRequest } from './server/recorded-request.js';
export type { FakeAws, FakeAwsOptions } from './start-fake-aws.js';
export { startFakeAws } from './start-fake-aws.js';
export type { AddAccountOptions, FakeAccount } from './world/add-account.js';
export type { AddFederatedUserOptions } from './world/add-federated-user.js';
export type { AddIdentityProviderOptions, FakeIdentityProvider, TokenOptions } from './world/add-identity-provider.js';
export type { AddRoleOptions, FakeRole } from './world/add-role.js';
export type { AddSamlProviderOptions, FakeSamlProvider, SamlAssertionOptions } from './world/add-saml-provider.js';
export type { AddUserOptions, FakeAccessKey, FakeUser } from './world/add-user.js';
export type { FakeMfaDevice } from './world/mfa-device.js';
export type { FakePrincipal } from './world/register-principal.js';
