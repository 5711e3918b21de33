import { readFile } from 'node:fs/promises';
import { findEngine } from './find-engine.js';
import { pkcs11Error } from './pkcs11-error.js';
import type { Pkcs11Options, Pkcs11Way } from './pkcs11-options.js';

/**
 * Chooses how a token is reached: as told, else by the provider that Node's OpenSSL was configured with, else by the engine of the
 * system, else by `aws-crt`. What was chosen is not given up for another way: each try costs one of the few that a PIN has.
 *
 * @throws BsmError `ERR_BSM_PKCS11_FAILED` when there is none.
 */
export async function choosePkcs11Way({ via = 'auto' }: Pkcs11Options): Promise<Pkcs11Way> {
  if (via !== 'auto') return via;
  if (await isProviderConfigured()) return 'provider';
  if (findEngine() !== undefined) return 'engine';
  if (await hasCrt()) return 'crt';
  throw pkcs11Error(
    'way-missing',
    'OpenSSL has no PKCS#11 engine here (libengine-pkcs11-openssl of Debian, openssl-pkcs11 of Fedora), Node was not started with an OpenSSL provider, and aws-crt is not installed. One of the three is needed',
  );
}

/** Looks into the configuration that OpenSSL was started with, since OpenSSL in Node does not tell its providers. */
async function isProviderConfigured(): Promise<boolean> {
  const { NODE_OPTIONS = '', OPENSSL_CONF = '' } = process.env;
  const words = [...process.execArgv, ...NODE_OPTIONS.split(' ')].join('=').split('=');
  const flag = words.lastIndexOf('--openssl-config');
  const path = flag === -1 ? OPENSSL_CONF : (words[flag + 1] ?? '');
  const text = path === '' ? '' : await readFile(path, 'utf8').catch(() => '');
  return /^[^#\n]*pkcs11/im.test(text);
}

async function hasCrt(): Promise<boolean> {
  try {
    await import('aws-crt');
    return true;
  } catch {
    return false;
  }
}
