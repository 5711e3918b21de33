import { findEngine } from './find-engine.js';
import { pkcs11Error } from './pkcs11-error.js';
import type { Pkcs11Options, Pkcs11Way } from './pkcs11-options.js';

/**
 * Chooses how a token is reached: as told, else the first way that is there. A provider is believed in where Node was started with a
 * configuration of OpenSSL; whether that has one is seen when the key is loaded, and the engine comes next.
 *
 * @throws BsmError `ERR_BSM_PKCS11_FAILED` when there is none.
 */
export async function pkcs11Ways({ via = 'auto' }: Pkcs11Options): Promise<readonly [Pkcs11Way, ...Pkcs11Way[]]> {
  if (via !== 'auto') return [via];
  const [first, ...others] = [
    ...(hasOpensslConfiguration() ? ['provider' as const] : []),
    ...(findEngine() === undefined ? [] : ['engine' as const]),
    ...((await hasCrt()) ? ['crt' as const] : []),
  ];
  if (first !== undefined) return [first, ...others];
  throw pkcs11Error(
    'way-missing',
    'OpenSSL has no PKCS#11 engine here (libengine-pkcs11-openssl of Debian, openssl-pkcs11 of Fedora), Node was not started with an OpenSSL provider, and aws-crt is not installed. One of the three is needed',
  );
}

function hasOpensslConfiguration(): boolean {
  const { NODE_OPTIONS = '', OPENSSL_CONF = '' } = process.env;
  return OPENSSL_CONF !== '' || [...process.execArgv, NODE_OPTIONS].some((word) => word.includes('--openssl-'));
}

async function hasCrt(): Promise<boolean> {
  try {
    await import('aws-crt');
    return true;
  } catch {
    return false;
  }
}
