import { getDefaultSession, type SessionLike, type SharedCredentials } from '@bsm/core-cache';
import { assumeRole } from './assume-role.js';
import { type AssumeRoleOptions, checkAssumeRoleOptions } from './assume-role-options.js';

/** Options of {@link fromAssumeRole}. */
export interface FromAssumeRoleOptions extends AssumeRoleOptions {
  /** Whose credentials assume the role. Default: `getDefaultSession()` at the first use. */
  readonly source?: SessionLike | undefined;
}

/**
 * Gives the credentials of a role to clients that are made without a session, in place of the SDK's `fromTemporaryCredentials`.
 *
 * Give the same result to all clients: they share one AssumeRole per lifetime, where the SDK's provider makes one for each client.
 * Without `source` the default session is looked up at the first use and kept.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once, as `assumeRole` does.
 *
 * @example
 * ```ts
 * const credentials = fromAssumeRole({ roleArn: 'arn:aws:iam::123456789012:role/deploy' });
 * const s3 = new S3Client({ credentials });
 * ```
 */
export function fromAssumeRole(options: FromAssumeRoleOptions): SharedCredentials {
  const { source, ...role } = options ?? {};
  if (source !== undefined) return assumeRole(source, role as AssumeRoleOptions).credentials;
  checkAssumeRoleOptions('fromAssumeRole', role as AssumeRoleOptions, false);
  let made: SharedCredentials | undefined;
  return deferred(() => (made ??= assumeRole(getDefaultSession(), role as AssumeRoleOptions).credentials));
}

/** Stands for credentials that are made when they are first used, with everything that is on them. */
function deferred(credentials: () => SharedCredentials): SharedCredentials {
  return new Proxy((() => {}) as unknown as SharedCredentials, {
    apply: (_target, _this, [request]) => credentials()(request),
    get: (_target, property) => Reflect.get(credentials(), property),
    set: (_target, property, value) => Reflect.set(credentials(), property, value),
  });
}
