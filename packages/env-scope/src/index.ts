/** @module @bsm/env-scope */
export { type ChildEnvOptions, childEnv } from './child-env.js';
export { CONFLICTING_VARIABLES } from './conflicting-variables.js';
export { type CredentialEnvOptions, credentialEnv } from './credential-env.js';
export { type CredentialProcessOptions, credentialProcess } from './credential-process.js';
export { type EnvShell, formatEnv } from './format-env.js';
export { type CapturedRunResult, type RunOptions, run } from './run.js';
export type { RunResult } from './run-process.js';
export {
  type AddedEndpoint,
  type CredentialEndpoint,
  type CredentialServer,
  type ServeChildOptions,
  type ServeCredentialsOptions,
  serveCredentials,
} from './serve-credentials.js';
export { type WithEnvOptions, withEnv } from './with-env.js';
