import { assumeRole } from './assume-role.js';
import { assumeRoleWithSaml } from './assume-role-with-saml.js';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.js';
import { getCallerIdentity } from './get-caller-identity.js';
import { getSessionToken } from './get-session-token.js';
import { listAccountAliases } from './list-account-aliases.js';
import { listBuckets } from './list-buckets.js';
import type { Operation } from './operation.js';

/** Every operation that is answered; one that is not here is `InvalidAction`. */
export const operations: readonly Operation[] = [
  assumeRole,
  assumeRoleWithSaml,
  assumeRoleWithWebIdentity,
  getCallerIdentity,
  getSessionToken,
  listAccountAliases,
  listBuckets,
];
