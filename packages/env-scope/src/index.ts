/** @module @bsm/env-scope */
export { type ChildEnvOptions, childEnv } from './child-env.js';
export { CONFLICTING_VARIABLES } from './conflicting-variables.js';
export { type CredentialEnvOptions, credentialEnv } from './credential-env.js';
