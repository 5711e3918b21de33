import { isInteger, isOneOf, isText, type OptionCheck } from '@bsm/core-cache';
import { accept, assertThat, checkRequired } from '../option-checks.js';

/** A private key that stays in a token: a TPM, an HSM, a smart card, SoftHSM. Its certificate is given beside it. */
export interface Pkcs11Options {
  /** Path of the library that the maker of the token delivers. */
  readonly module: string;
  /** Label of the token. One of `tokenLabel` and `slotId` is needed. */
  readonly tokenLabel?: string | undefined;
  /** Number of the slot, for tokens without a label of their own. */
  readonly slotId?: number | undefined;
  /** Label of the private key. */
  readonly keyLabel: string;
  /**
   * User PIN. A function is asked when the key is loaded: at first, and after its certificate changed. A PIN that the token
   * refused is not tried again, since tokens lock themselves after a few tries.
   */
  readonly pin: string | (() => string | Promise<string>);
  /**
   * How the token is reached: by an OpenSSL `engine` (libp11, a package of Linux distributions; OpenSSL in Node has engines up to Node
   * 27), an OpenSSL `provider` (where Node was started with one), or `crt`, the optional peer `aws-crt` (TLS 1.2 only). Default `auto`:
   * the provider when there is one, else the engine, else aws-crt; `keySource` says which.
   */
  readonly via?: 'auto' | Pkcs11Way | undefined;
}

/** A way to a key in a token. */
export type Pkcs11Way = 'engine' | 'provider' | 'crt';

/** Checks the options of a key in a token. */
export const isPkcs11: OptionCheck = (value, name) => {
  const options = value as Pkcs11Options;
  const checks = {
    module: isText,
    tokenLabel: isText,
    slotId: isInteger(0, 2 ** 32 - 1),
    keyLabel: isText,
    pin: accept((pin) => typeof pin === 'function' || !isText(pin, ''), 'text, or a function that gives it'),
    via: isOneOf('auto', 'engine', 'provider', 'crt'),
  };
  checkRequired<Pkcs11Options>('iot', options, checks, ['module', 'keyLabel', 'pin'], `${name}.`);
  const isOneGiven = (options.tokenLabel === undefined) !== (options.slotId === undefined);
  assertThat(isOneGiven, 'iot', `${name}.tokenLabel`, 'given, or else slotId: one of the two');
  return undefined;
};
