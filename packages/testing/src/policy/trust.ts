import { FakeAwsError } from '../fake-aws-error.js';
import {
  boolean,
  checkOptions,
  isObject,
  listOf,
  matching,
  type OptionRule,
  type OptionRules,
  required,
  rule,
  text,
} from '../option-check.js';
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
  const options = trustOptions(trust, option);
  return {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: options.principals },
      Action: trustedActions(options),
      Condition: {
        ...condition('StringEquals', 'sts:ExternalId', options.externalId),
        ...condition('StringLike', 'sts:RoleSessionName', options.roleSessionName),
        ...condition('Bool', 'aws:MultiFactorAuthPresent', options.mfa === true ? true : undefined),
      },
    },
  };
}

function trustOptions(trust: Trust, option: string): TrustOptions {
  if (isObject(trust)) {
    checkOptions<TrustOptions>(trust, trustRules(), `${option}.`);
    return trust;
  }
  if (!principals().accepts(trust)) throw new FakeAwsError(option, principals().expectation);
  return { principals: trust as string | readonly string[] };
}

const principals = (): OptionRule =>
  rule('must be a principal or an array of principals', (value) =>
    typeof value === 'string' ? value !== '' : listOf(text()).accepts(value),
  );

const trustRules = (): OptionRules<TrustOptions> => ({
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
