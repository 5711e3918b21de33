import { existsSync } from 'node:fs';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { BsmError } from '@bsm/core-cache';
import { choosePkcs11Way } from './choose-pkcs11-way.js';
import { prepareEngine } from './find-engine.js';
import { withPinFile } from './pin-file.js';
import { explainPkcs11Error, pkcs11Error } from './pkcs11-error.js';
import type { Pkcs11Options, Pkcs11Way } from './pkcs11-options.js';
import { pkcs11Uri, pkcs11UriPem } from './pkcs11-uri.js';
import { sessionPin } from './session-pin.js';
import { slotTokenLabel } from './slot-token-label.js';
import type { tokenPin } from './token-pin.js';

/** A TLS context whose key is in a token, and how it is reached. */
export interface TokenContext {
  readonly keySource: 'engine' | 'provider';
  readonly secureContext: SecureContext;
}

/** Loads a key of a token into a TLS context, beside the certificate and the authorities that are given. */
export type LoadTokenKey = (context: SecureContextOptions) => Promise<TokenContext>;

/**
 * Makes what loads a key of a token into a TLS context. The context signs as long as it lives, and needs the PIN no more.
 *
 * @throws BsmError `ERR_BSM_PKCS11_FAILED` with `details.reason`; the error of OpenSSL for a certificate that it refuses.
 */
export function createTokenKeyLoader(options: Pkcs11Options, session?: object): LoadTokenKey {
  const usePin = sessionPin(options, session);
  return async (context) => {
    // A certificate that OpenSSL refuses costs no PIN, and is not taken for a trouble of the token.
    createSecureContext(context);
    const way = await choosePkcs11Way(options);
    if (way === 'crt') throw noTlsWithCrt();
    return { keySource: way, secureContext: await LOADERS[way]({ options, context, usePin }) };
  };
}

interface Loading {
  readonly options: Pkcs11Options;
  readonly context: SecureContextOptions;
  readonly usePin: ReturnType<typeof tokenPin>;
}

const LOADERS: Readonly<Record<Exclude<Pkcs11Way, 'crt'>, (loading: Loading) => Promise<SecureContext>>> = {
  async engine({ options: { module, tokenLabel, slotId, keyLabel: object }, context, usePin }) {
    checkModule(module);
    prepareEngine(module);
    const token = tokenLabel ?? (await slotTokenLabel(module, slotId as number));
    return usePin((pin) =>
      withPinFile(pin, (pinSource) =>
        explained(() =>
          createSecureContext({
            ...context,
            privateKeyEngine: 'pkcs11',
            privateKeyIdentifier: pkcs11Uri({ token, object, pinSource }),
          }),
        ),
      ),
    );
  },
  async provider({ options: { tokenLabel: token, slotId, keyLabel: object }, context, usePin }) {
    return usePin((pin) =>
      withPinFile(pin, (pinSource) =>
        explained(() =>
          createSecureContext({ ...context, key: pkcs11UriPem(pkcs11Uri({ token, slotId, object, pinSource })) }),
        ),
      ),
    );
  },
};

/** Refuses a module that is not there before OpenSSL is asked, which may not try another one after that. */
export function checkModule(module: string): void {
  if (!existsSync(module)) {
    throw pkcs11Error(
      'module-missing',
      'there is no file at the path of the module. Install it, or correct pkcs11.module',
    );
  }
}

function explained<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explainPkcs11Error(error);
  }
}

function noTlsWithCrt(): BsmError {
  return pkcs11Error(
    'way-missing',
    'aws-crt fetches credentials but gives no TLS context to others. Connect over an OpenSSL engine or provider, or by WebSocket',
  );
}
