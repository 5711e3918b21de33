import { type AwsCredentialIdentity, guardCredentials, principalKey, type SessionPrincipal } from './credentials.js';
import { definedFields } from './defined-fields.js';
import { BsmError } from './errors.js';

/** What a source answered, checked. */
export interface ParsedCredentials {
  readonly credentials: AwsCredentialIdentity;
  readonly principal: SessionPrincipal | undefined;
}

/**
 * Checks the answer of a source completely, before anything of it is kept.
 *
 * A good answer is copied, so that what the source does to its object later changes nothing here. `expiration` may be a Date or
 * an ISO 8601 text with an offset (`Z`, `+00:00`, or the `UTC` that older AWS tools write).
 *
 * @throws BsmError `ERR_BSM_CREDENTIALS_INVALID` for junk, `ERR_BSM_CREDENTIALS_EXPIRED` for credentials that have ended.
 */
export function parseCredentials(answer: unknown, now: number): ParsedCredentials {
  const fields = Object(answer) as Record<string | symbol, unknown>;
  const token = fields['sessionToken'] ?? '';
  if (!isFilled(fields['accessKeyId']) || !isFilled(fields['secretAccessKey']) || typeof token !== 'string') {
    throw invalid('no accessKeyId, no secretAccessKey, or no text as sessionToken');
  }

  const expiration = parseExpiration(fields['expiration']);
  if (expiration && expiration.getTime() <= now) throw expired(expiration);
  const principal = parsePrincipal(fields[principalKey()]);
  const text = (value: unknown): string | undefined => (isFilled(value) ? value : undefined);
  const source = fields['$source'];
  return {
    principal,
    credentials: guardCredentials(
      definedFields<AwsCredentialIdentity>({
        accessKeyId: fields['accessKeyId'],
        secretAccessKey: fields['secretAccessKey'],
        sessionToken: text(token),
        expiration,
        accountId: text(fields['accountId'] ?? principal?.accountId),
        credentialScope: text(fields['credentialScope']),
        // Feature ids that the SDK reports in its user agent.
        ...(typeof source === 'object' && source && { $source: { ...source } }),
      }),
    ),
  };
}

/** Reads who the source says it speaks for; what is no whole principal counts as nothing said. */
function parsePrincipal(value: unknown): SessionPrincipal | undefined {
  const { accountId, arn, userId } = (value ?? {}) as Record<keyof SessionPrincipal, unknown>;
  return isFilled(accountId) && isFilled(arn) && isFilled(userId) ? { accountId, arn, userId } : undefined;
}

/**
 * Reads an expiration: a Date, or an ISO 8601 text with an offset.
 *
 * @throws BsmError `ERR_BSM_CREDENTIALS_INVALID` for anything else but undefined and null.
 */
export function parseExpiration(value: unknown): Date | undefined {
  if (value === undefined || value === null) return undefined;
  const date = new Date(
    value instanceof Date ? value : isIsoDate(value) ? value.trim().replace(/UTC$/i, 'Z') : Number.NaN,
  );
  if (Number.isNaN(date.getTime())) throw invalid('an expiration that is neither a Date nor ISO 8601');
  return date;
}

/** Makes the error of credentials that had ended when they were received. */
function expired(expiration: Date): BsmError {
  const ended = expiration.toISOString();
  return new BsmError('ERR_BSM_CREDENTIALS_EXPIRED', `The credentials ended at ${ended}.`, {
    retryable: true,
    details: { expiration: ended },
  });
}

function isIsoDate(value: unknown): value is string {
  return typeof value === 'string' && /^\s*\d{4}-\d\d-\d\dT[\d:.]+(Z|UTC|[+-]\d\d:?\d\d)\s*$/i.test(value);
}

function invalid(what: string): BsmError {
  return new BsmError('ERR_BSM_CREDENTIALS_INVALID', `The source of the credentials answered with ${what}.`, {
    retryable: true,
  });
}

function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
