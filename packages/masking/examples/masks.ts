import { maskAccessKeyId, maskAccountId, maskArn, maskUserId, redact } from '@bsm/masking';

export const masked: readonly string[] = [
  maskAccountId('123456789012'), // 12********12
  maskUserId('AIDACKCEVSQ6C2EXAMPLE'), // AIDA***MPLE
  maskAccessKeyId('AKIAIOSFODNN7EXAMPLE'), // AKIA***MPLE
  maskArn('arn:aws:iam::123456789012:user/me'), // arn:aws:iam::12********12:user/me
  redact('AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'), // AWS_SECRET_ACCESS_KEY=***
];
