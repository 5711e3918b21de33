import { type AssumeRole, createAssumeRole } from './create-assume-role.js';
import { sdkOperation } from './sdk-sts.js';

/**
 * Makes a session that acts as a role. Makes no call: STS is asked when the credentials are first needed, and again before they end.
 *
 * However many clients and callers use the session, STS is asked once per lifetime, in the region of the source. The new session
 * inherits region, `clientDefaults` and clock from the source, not its `refresh`. Roles chain: the source may be such a session,
 * and is asked only when this one refreshes. The principal comes with the answer, so that nobody needs to ask who this is.
 *
 * Parameters are those of AWS's AssumeRole; defaults differ from the Python libraries in that `DurationSeconds` is not sent unless it
 * is given, and that a session name is random.
 *
 * @param source - A session, or the `credentials` and `region` of any configuration.
 * @throws BsmError `ERR_BSM_OPTION_INVALID` at once, naming the option. Credentials reject with `ERR_BSM_ACCESS_DENIED` and the likely
 * reason, `ERR_BSM_REQUEST_REJECTED`, `ERR_BSM_MFA_REQUIRED`, `ERR_BSM_RESPONSE_INVALID`, `ERR_BSM_THROTTLED`,
 * `ERR_BSM_SERVICE_FAILED`, `ERR_BSM_ENDPOINT_UNREACHABLE`, or with the error of the source session.
 *
 * @example
 * ```ts
 * const session = createSession({ profile: 'dev' });
 * const deploy = assumeRole(session, { roleArn: 'arn:aws:iam::123456789012:role/deploy' });
 * const s3 = deploy.client(S3Client);
 * ```
 */
export const assumeRole: AssumeRole = /* @__PURE__ */ createAssumeRole({
  assumeRole: /* @__PURE__ */ sdkOperation('AssumeRoleCommand'),
});
