import { BsmError, checkOptions, isAbortSignal, optionInvalid, type SessionLike } from '@bsm/core-cache';
import { maskAccountId } from '@bsm/masking';
import { getCallerIdentity, type IdentityOptions } from './get-caller-identity.js';

/**
 * Makes sure that the session acts in an allowed account, before anything is done with it.
 *
 * Relies on what STS says (or said when it issued the credentials), never on what the environment or a profile states. The account
 * ids are checked before any call. Shares the one call of {@link getCallerIdentity}; a failing call is thrown, so that nobody goes
 * on unchecked.
 *
 * @throws BsmError `ERR_BSM_ACCOUNT_MISMATCH` with masked ids, `ERR_BSM_OPTION_INVALID` when an id is not twelve digits or there is none,
 *   and what {@link getCallerIdentity} throws
 *
 * @example
 * ```ts
 * await assertAccount(session, '123456789012'); // not production: stop here
 * ```
 */
export async function assertAccount(
  source: SessionLike,
  allowed: string | readonly string[],
  options?: IdentityOptions,
): Promise<void> {
  checkOptions<IdentityOptions>('assertAccount', options, { signal: isAbortSignal });
  const accounts: readonly unknown[] = Array.isArray(allowed) ? allowed : [allowed];
  if (accounts.length === 0 || !accounts.every(isAccountId)) {
    throw optionInvalid(
      'assertAccount',
      'allowed',
      'an account id of twelve digits, or a list of them that is not empty',
    );
  }
  const { accountId } = await getCallerIdentity(source, options);
  if (accounts.includes(accountId)) return;
  const [actual, expected] = [maskAccountId(accountId), accounts.map(maskAccountId)];
  throw new BsmError(
    'ERR_BSM_ACCOUNT_MISMATCH',
    `The session acts in account ${actual}, allowed is ${expected.join(', ')}. Check its profile or role before going on.`,
    { details: { accountId: actual, allowed: expected } },
  );
}

function isAccountId(value: unknown): value is string {
  return typeof value === 'string' && /^\d{12}$/.test(value);
}
