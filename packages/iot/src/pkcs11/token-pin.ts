import { createHmac, randomBytes } from 'node:crypto';
import { BsmError, isBsmError } from '@bsm/core-cache';
import type { Pkcs11Options } from './pkcs11-options.js';

/**
 * Makes what uses the PIN of a token, and never uses one again that the token refused: three refusals lock most tokens, and
 * credentials are refreshed for ever. Uses at the same time wait for each other, so that they cannot be refused together.
 *
 * @throws BsmError the error of before for a PIN that was refused, `ERR_BSM_REFRESH_FAILED` when the function for it fails.
 */
export function tokenPin({ pin: source }: Pkcs11Options): <T>(use: (pin: string) => T | Promise<T>) => Promise<T> {
  // Under hashes with a key of their own, so that no PIN that a function gave is kept.
  const refusals = new Map<string, BsmError>();
  const hashKey = randomBytes(32);
  let lastUse: Promise<unknown> = Promise.resolve();

  async function tryPin<T>(pin: string, use: (pin: string) => T | Promise<T>): Promise<T> {
    const hash = createHmac('sha256', hashKey).update(pin).digest('hex');
    const refusal = refusals.get(hash);
    if (refusal) throw refusal;
    try {
      return await use(pin);
    } catch (error) {
      if (isBsmError(error) && !error.retryable) refusals.set(hash, error);
      throw error;
    }
  }

  return async (use) => {
    const pin = typeof source === 'function' ? await askPin(source) : source;
    const result = lastUse.then(() => tryPin(pin, use));
    lastUse = result.catch(() => {});
    return result;
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
