import {
  checkRefreshOptions,
  definedFields,
  isBoolean,
  isObject,
  isRegionName,
  type OptionCheck,
  type OptionChecks,
  type RefreshOptions,
} from '@bsm/core-cache';
import { isListOf, isMatch, isRoleArn } from './option-checks.js';
import { isPolicy, policyText, type SessionPolicy } from './session-policy.js';
import type { RoleSessionParameters, StsClientConfig } from './sts-transport.js';

/** What every session of STS may be told about its region and its refresh. */
export interface StsSessionOptions {
  /** Region of the new session. Default: the source's, which is also where STS is asked. */
  readonly region?: string | undefined;
  /**
   * Default true. False makes one session's worth of credentials: they are served to their end, then every use rejects with
   * `ERR_BSM_CREDENTIALS_EXPIRED` and STS is never asked again. The windows of `refresh` and `serveExpired` mean nothing then.
   */
  readonly autoRefresh?: boolean | undefined;
  readonly refresh?: RefreshOptions | undefined;
  /** For the internal STS client, over everything it has from the session. Belongs to the SDK and is passed on unchecked. */
  readonly stsClientConfig?: StsClientConfig | undefined;
}

/** What every session of a role may be told. */
export interface RoleSessionOptions extends StsSessionOptions {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Lifetime of the credentials in seconds, 900 to 43,200 and at most what the role allows. Not sent when absent: STS gives 3,600. */
  readonly durationSeconds?: number | undefined;
  /** Takes permissions away from the session: only what both the role and this policy allow. */
  readonly policy?: SessionPolicy | undefined;
  /** ARNs of up to 10 managed policies, with the effect of `policy`. */
  readonly policyArns?: readonly string[] | undefined;
}

/** Checks for the options of {@link StsSessionOptions}. */
export function stsSessionChecks(subject: string): OptionChecks<StsSessionOptions> {
  return {
    region: isRegionName,
    autoRefresh: isBoolean,
    refresh: (value, name) => {
      checkRefreshOptions(subject, value as RefreshOptions, `${name}.`);
      return undefined;
    },
    stsClientConfig: isObject,
  };
}

/** Checks for the options of {@link RoleSessionOptions}. */
export function roleSessionChecks(subject: string, isDuration: OptionCheck): OptionChecks<RoleSessionOptions> {
  return {
    ...stsSessionChecks(subject),
    roleArn: isRoleArn,
    durationSeconds: isDuration,
    policy: isPolicy,
    policyArns: isListOf(subject, 10, isMatch(/^arn:\S{16,2044}$/)),
  };
}

/** Writes the options in the names of STS. */
export function roleSessionParameters(options: Omit<RoleSessionOptions, 'region'>): RoleSessionParameters {
  const { roleArn, durationSeconds, policy, policyArns } = options;
  return definedFields<RoleSessionParameters>({
    RoleArn: roleArn,
    DurationSeconds: durationSeconds,
    Policy: policy && policyText(policy),
    PolicyArns: policyArns?.map((arn) => ({ arn })),
  });
}
