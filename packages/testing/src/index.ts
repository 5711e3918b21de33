export type { ClientConfigOptions, FakeClientConfig, FakeCredentials } from './client-config.js';
export { FakeAwsError } from './fake-aws-error.js';
export type { FaultKind, FaultRule, FaultScope } from './fault-rule.js';
export type { FakeMfaDevice } from './mfa-device.js';
export type { Permission, PermissionStatement } from './permissions.js';
export type { FakeAccessKey, FakeAccount, FakePrincipal, FakeRole, FakeUser } from './population-handles.js';
export type {
  AddAccountOptions,
  AddFederatedUserOptions,
  AddRoleOptions,
  AddUserOptions,
} from './population-options.js';
export type { RecordedRequest } from './recorded-request.js';
export { type FakeAws, type FakeAwsOptions, startFakeAws } from './start-fake-aws.js';
export type { Trust, TrustOptions } from './trust.js';
export type { ConditionValue, PrincipalKind, TrustPolicyDocument, TrustStatement } from './trust-policy.js';
export { createVirtualClock, type VirtualClock, type VirtualClockOptions } from './virtual-clock.js';
