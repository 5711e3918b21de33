import type { RefusalAdvice } from './sts-refusal.js';

/** What to do when AssumeRole is refused. AWS does not say which condition of a trust policy does not hold. */
export const ASSUME_ROLE_ADVICE: readonly RefusalAdvice[] = [
  [/MultiFactorAuth/, 'Check options.mfa; each code works once.'],
  [/MaxSessionDuration|role chaining/i, 'Pass a smaller durationSeconds.'],
  [/not authorized/, 'Check options.externalId, options.mfa, trust policy and permissions.'],
];
