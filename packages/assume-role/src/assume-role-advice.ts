import type { RefusalAdvice } from './sts-refusal.js';

/** Which options were used: what was not is a likely reason of a refusal. */
export interface AssumeRoleFacts {
  readonly externalId: boolean;
  readonly mfa: boolean;
}

/** What to do when AssumeRole is refused. */
export function assumeRoleAdvice({ externalId, mfa }: AssumeRoleFacts): readonly RefusalAdvice[] {
  return [
    [/MaxSessionDuration/, 'Pass a smaller durationSeconds, or raise the maximum of the role.'],
    [/role chaining/i, 'Chained roles last one hour at most.'],
    [/^ERR_BSM_CREDENTIALS_REJECTED/, 'The source was rejected, not the role: renew its credentials, check the clock.'],
    [/ RegionDisabled/, 'Activate STS in that region, or ask in another.'],
    [/sts:(Tag|SetSource)/, 'The trust policy must allow that action.'],
    [
      /MultiFactorAuth|\bMFA\b/,
      mfa
        ? 'Check mfa.serialNumber and the code; each code works once.'
        : 'The role requires an MFA code. Pass options.mfa.',
    ],
    [
      /^ERR_BSM_ACCESS_DENIED/,
      `Likely the trust policy does not name the caller, expects ${
        externalId ? 'another external id' : 'an external id (options.externalId)'
      }${mfa ? '' : ' or an MFA code (options.mfa)'}, or the caller may not call sts:AssumeRole.`,
    ],
  ];
}
