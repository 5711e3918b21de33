import { BsmError, isBsmError } from '@bsm/core-cache';

/** Why a key in a token cannot be used; `details.reason` of `ERR_BSM_PKCS11_FAILED`. */
export type Pkcs11Reason =
  | 'module-missing'
  | 'module-unusable'
  | 'key-missing'
  | 'pin-incorrect'
  | 'provider-failed'
  | 'way-missing'
  | 'process-state'
  | 'other';

/** Makes the error of a key in a token. */
export function pkcs11Error(reason: Pkcs11Reason, message: string, cause?: unknown): BsmError {
  // What is missing may come: a token that is plugged in, a module that is installed. A refused PIN must not be repeated.
  const retryable = !/^(pin|provider|process)-/.test(reason);
  return new BsmError('ERR_BSM_PKCS11_FAILED', `Cannot use the key in the PKCS#11 token: ${message}.`, {
    retryable,
    cause,
    details: { reason },
  });
}

/**
 * Turns what OpenSSL, its engine or provider, or the AWS runtime threw into an error that says what to do.
 *
 * The texts of these libraries name the kind of trouble and no value.
 */
export function explainPkcs11Error(error: unknown): BsmError {
  if (isBsmError(error)) return error;
  const {
    code = '',
    message = '',
    error_name: name = '',
  } = error as {
    code?: string;
    message?: string;
    error_name?: string;
  };
  const clue = `${code} ${name} ${message}`;
  const [, reason, advice] = TROUBLES.find(([pattern]) => pattern.test(clue)) as Trouble;
  return pkcs11Error(reason, advice, error);
}

type Trouble = readonly [clue: RegExp, reason: Pkcs11Reason, advice: string];

const PIN_REFUSED =
  'the token refused the PIN. It is not tried again with this PIN, since tokens lock themselves after a few tries; make a new session with the right one';

const TROUBLES: readonly Trouble[] = [
  [
    /PIN_?(LOCKED|EXPIRED)|PIN (locked|expired)/i,
    'pin-incorrect',
    'its PIN is locked or has ended. Unlock it with the tools of the token',
  ],
  [/PIN_?(INCORRECT|INVALID|LEN)|PIN (incorrect|invalid|len)/i, 'pin-incorrect', PIN_REFUSED],
  [
    /OBJECT.NOT.FOUND|KEY_NOT_FOUND|TOKEN_NOT_FOUND|TOKEN_NOT_RECOGNIZED|TOKEN_NOT_PRESENT|SLOT_ID_INVALID/i,
    'key-missing',
    'there is no token with that label, or no private key with that label in it. Compare tokenLabel and keyLabel with: pkcs11-tool --module MODULE --list-token-slots --list-objects --login',
  ],
  [/MISMATCH/i, 'other', 'it does not belong to the certificate: the two are no pair'],
  [
    /UNABLE.TO.LOAD|SHARED_LIBRARY|AWS_ERROR_PKCS11_VERSION|SYMBOL/i,
    'module-unusable',
    'the module could not be loaded. It must be a PKCS#11 library for this machine',
  ],
  [
    /CUSTOM_ENGINE|no such engine/i,
    'way-missing',
    'OpenSSL in this process has no engine "pkcs11": Node 28 and later has none, the permission model of Node forbids it, and in a worker thread OPENSSL_ENGINES must be set before it starts',
  ],
  [
    /^ERR_OSSL_UNSUPPORTED|DECODER/i,
    'provider-failed',
    'OpenSSL did not load it by a provider, and does not say why: the PIN is wrong, there is no such token or key, or Node was not started with --openssl-config and a file that activates the provider. It is not tried again with this PIN; make a new session',
  ],
  [/^/, 'other', 'OpenSSL or the token failed, see the cause'],
];
