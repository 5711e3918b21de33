import { BsmError, isBsmError } from '@bsm/core-cache';
import type { Pkcs11Options } from './pkcs11-options.js';

/**
 * Makes what uses the PIN of a token, and never uses one again that the token refused: three refusals lock most tokens, and
 * credentials are refreshed for ever.
 *
 * @throws BsmError the error of before for a PIN that was refused, `ERR_BSM_REFRESH_FAILED` when the function for it fails.
 */
export function tokenPin({ pin: source }: Pkcs11Options): <T>(use: (pin: string) => T | Promise<T>) => Promise<T> {
  let refused: { readonly pin: string; readonly error: BsmError } | undefined;
  return async (use) => {
    const pin = typeof source === 'function' ? await askPin(source) : source;
    if (pin === refused?.pin) throw refused.error;
    try {
      return await use(pin);
    } catch (error) {
      if (isBsmError(error) && !error.retryable) refused = { pin, error };
      throw error;
    }
  };
}

async function askPin(give: () => string | Promise<string>): Promise<string> {
  let pin: unknown;
  try {
    pin = await give();
  } catch (cause) {
    if (isBsmError(cause)) throw cause;
    throw new BsmError('ERR_BSM_REFRESH_FAILED', 'The function in pkcs11.pin failed.', { retryable: true, cause });
  }
  if (typeof pin === 'string' && pin !== '') return pin;
  throw new BsmError('ERR_BSM_REFRESH_FAILED', 'The function in pkcs11.pin gave no text.', { retryable: true });
}
