import {
  boolean,
  checkOptions,
  isObject,
  listOf,
  matching,
  type OptionRule,
  required,
  rule,
  text,
} from './option-check.js';
import type { ConditionValue, TrustPolicyDocument } from './trust-policy.js';

/**
 * Who may assume a role, in short: an account id, an ARN, `'*'`, several of them, or {@link TrustOptions} when conditions
 * are needed. It is written out as a {@link TrustPolicyDocument}; give that one as `trustPolicy` for anything else.
 */
export type Trust = string | readonly string[] | TrustOptions;

/** The longer form of a {@link Trust}. */
export interface TrustOptions {
  readonly principals: string | readonly string[];
  /** Required value of `sts:ExternalId`. */
  readonly externalId?: string | undefined;
  /** `true`: `aws:MultiFactorAuthPresent` must be true. */
  readonly mfa?: boolean | undefined;
  /** Pattern, with `*` and `?`, that `sts:RoleSessionName` must fit. */
  readonly roleSessionName?: string | undefined;
  /** `true`: session tags may be passed (`sts:TagSession`). Default `false`, as in a role that the console makes. */
  readonly tagSession?: boolean | undefined;
  /** `true`: a source identity may be set (`sts:SetSourceIdentity`). Default `false`. */
  readonly setSourceIdentity?: boolean | undefined;
}

/** Writes a short trust out as a policy document. */
export function trustDocument(trust: Trust, option: string): TrustPolicyDocument {
  const options: TrustOptions = isObject(trust) ? (trust as unknown as TrustOptions) : { principals: trust as string };
  checkOptions<TrustOptions>(options, TRUST_RULES(), isObject(trust) ? `${option}.` : option.replace(/trust$/, ''));
  const like = options.roleSessionName;
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: options.principals },
      Action: trustedActions(options),
      Condition: {
        ...condition('StringEquals', 'sts:ExternalId', options.externalId),
        ...condition('StringLike', 'sts:RoleSessionName', like),
        ...condition('Bool', 'aws:MultiFactorAuthPresent', options.mfa === true ? true : undefined),
      },
    },
  };
}

const principals = (): OptionRule =>
  rule('must be a principal or an array of principals', (value) =>
    typeof value === 'string' ? value !== '' : listOf(text()).accepts(value),
  );

const TRUST_RULES = () => ({
  principals: required(principals()),
  externalId: matching(/^[\w+=,.@:/-]{2,1224}$/, 'must be an external id of 2 to 1224 characters'),
  mfa: boolean(),
  roleSessionName: text(),
  tagSession: boolean(),
  setSourceIdentity: boolean(),
});

const trustedActions = (options: TrustOptions): readonly string[] => [
  'sts:AssumeRole',
  ...(options.tagSession === true ? ['sts:TagSession'] : []),
  ...(options.setSourceIdentity === true ? ['sts:SetSourceIdentity'] : []),
];

const condition = (
  operator: string,
  key: string,
  value: ConditionValue | undefined,
): Readonly<Record<string, Record<string, ConditionValue>>> =>
  value === undefined ? {} : { [operator]: { [key]: value } };
