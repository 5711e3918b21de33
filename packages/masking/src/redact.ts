import { scanRules } from './scan-rules.js';
import { type ScanPlan, scanText } from './text-scanner.js';

/**
 * Hides the secrets in a text: the default redactor.
 *
 * The same as `createRedactor()` with no options, without what is needed for values and streams, so that a bundle which only
 * cleans messages stays small. Access key ids, secret keys, session tokens, passwords and the account ids of ARNs are masked;
 * what exactly is found is listed at `createRedactor`. Takes time in proportion to the length of the text, whatever it
 * contains. Never throws for a string.
 *
 * @example
 * ```ts
 * redact('role arn:aws:iam::123456789012:role/deploy'); // 'role arn:aws:iam::12********12:role/deploy'
 * redact('AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'); // 'AWS_SECRET_ACCESS_KEY=***'
 * ```
 */
export function redact(text: string): string {
  defaultPlan ??= { rules: scanRules('arn') };
  return scanText(defaultPlan, { arnAccount: undefined, accounts: new Set() }, String(text));
}

/** Made on first use, since nothing runs when the module is loaded. The same for every call. */
let defaultPlan: ScanPlan | undefined;
